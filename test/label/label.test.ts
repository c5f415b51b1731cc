import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clothOf } from '../../host/data/cloth-of';
import { listDatasets, openDataset } from '../../host/data/dataset';
import { type LabelWish, labelFacts } from '../../host/label/facts';
import { labelHtml } from '../../host/label/html';
import { labelPdf } from '../../host/label/pdf';
import { swatches } from '../../host/label/swatches';
import { labelText } from '../../host/label/text';
import { readProfile } from '../../host/profiles/read';
import { labelOf } from '../../patterns/label';
import { loom as run } from '../cli/run';
import { openBrowser } from '../web/browser';

const loom = readProfile('exhibition-40');

async function labelled(id: string, encode?: string, wish: LabelWish = {}) {
  const dataset = await openDataset(id);
  const cloth = clothOf(dataset, loom, { encode });
  const label = labelOf(cloth, labelFacts(cloth, dataset, wish));
  return { dataset, cloth, label, html: labelHtml(label, swatches(cloth)) };
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loom-label-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('A care label', async () => {
  const pairs: [id: string, encoding: string][] = [];
  for (const { id } of await listDatasets())
    for (const { encoding } of (await openDataset(id)).choices) pairs.push([id, encoding]);

  it.each(pairs)('of %s in %s says all that must be said, as text and as a page', async (id, encoding) => {
    const { dataset, cloth, label, html } = await labelled(id, encoding);
    const { title, counted, source, licence, caveats, sha256 } = dataset.provenance;
    const text = labelText(label, 2000);
    const all = [title, cloth.provenance.story, counted, source, licence, sha256, ...caveats];
    all.push(...cloth.notes, ...cloth.legend.map((entry) => entry.title), 'version 1.0.0', 'Not woven yet.');
    all.push(dataset.facts.sources[0].title);
    for (const words of all) expect(text).toContain(words.replace(/\s+/g, ' '));
    const headings = label.parts.map(({ heading }) => heading);
    expect(headings).toEqual([
      'How to read it',
      'Unit',
      'Of how many',
      'What is missing, and why',
      'What was assumed',
      'What it does not say',
      'Who counted',
      'Source and licence',
      'Version of the data',
      'The cloth',
      'If you find an error',
    ]);
    for (const heading of headings) expect(html).toContain(`<h2>${heading}</h2>`);
    expect(html.match(/<img /g)).toHaveLength(cloth.legend.length);
  });

  it('names what is missing, by its record, and the days on which it was woven', async () => {
    const own = join(folder, 'own');
    const { dataset } = await labelled('trafford-turnout-2024');
    const csv = readFileSync(join(dataset.folder, 'data.csv'), 'utf8').replace(',38.7,', ',,');
    mkdirSync(own);
    copyFileSync(join(dataset.folder, 'datapackage.json'), join(own, 'datapackage.json'));
    writeFileSync(join(own, 'data.csv'), csv);
    const { cloth } = await labelled(own, 'bars');
    const journal = join(folder, 'weave.jsonl');
    const begin = { what: 'begin', at: '2026-03-02T10:00:00.000Z', weave: 1, dataset: dataset.id, title: 't' };
    const picks = cloth.lifts.picks;
    const lines = [
      { ...begin, profile: loom.name, picks, clothSha256: '0'.repeat(64) },
      { what: 'finished', at: '2026-03-05T10:00:00.000Z', picks },
    ];
    writeFileSync(journal, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { label } = await labelled(own, 'bars', { woven: journal, report: 'loom@example.org' });
    const text = labelText(label, 2000);
    expect(text).toContain(
      'Old Trafford: how many of the people on the voting register voted is missing (not recorded).',
    );
    expect(text).toContain('Woven from 2 March 2026 to 5 March 2026.');
    expect(text).toContain('loom@example.org');
    expect(text).toContain('a share of “People on the voting register”');
    await expect(labelled('manchester-imd-2019', undefined, { woven: journal })).rejects.toThrow(
      'is not the journal of this cloth',
    );
  });

  it('prints hostile words as words', async () => {
    const { label, html } = await labelled('trafford-turnout-2024');
    const evil = '</title><script>alert("1")</script>&\'';
    const page = labelHtml({ ...label, title: evil, story: evil, legend: [{ title: evil, texture: evil }] }, ['x']);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;');
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/(src|href)="(?!data:)/);
  });

  it('is a page whose code opens the address, on one sheet without anything from elsewhere', async () => {
    const { html, label } = await labelled('trafford-turnout-2024', 'bars', {
      link: 'https://example.org/loom?a=1&b=2',
    });
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 640, height: 1000 }, deviceScaleFactor: 2 });
      const asked: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith('data:')) asked.push(request.url());
      });
      await page.setContent(html);
      expect(await page.title()).toBe(`${label.title}: care label`);
      const { data, width, height } = PNG.sync.read(await page.locator('figure svg').screenshot());
      expect(jsqr(new Uint8ClampedArray(data), width, height)?.data).toBe('https://example.org/loom?a=1&b=2');
      // Nothing is cut off at the width of a sheet.
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      expect(asked).toEqual([]);
    } finally {
      await browser.close();
    }
    const pdf = Buffer.from(await labelPdf(html)).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
  });

  it('has no code where there is no address, and refuses one that is no web address', async () => {
    const { label } = await labelled('trafford-turnout-2024');
    expect(labelHtml({ ...label, link: null }, [])).not.toContain('<figure');
    await expect(labelled('trafford-turnout-2024', 'bars', { link: 'javascript:alert(1)' })).rejects.toThrow(
      'is no web address',
    );
  });
});

describe('loom export --to label', () => {
  it('writes a page, and says how a label must be named', async () => {
    const out = join(folder, 'label.html');
    const done = await run(['export', '--dataset', 'manchester-imd-2019', '--to', 'label', '--out', out]);
    expect(done.code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('<h1>Deprivation in Manchester&#39;s wards, 2019</h1>');
    const refused = await run(['export', '--dataset', 'manchester-imd-2019', '--to', 'label', '--out', 'label.doc']);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('ends in neither .html, .pdf nor .txt');
  });

  it('says what to do where no browser can print a PDF', async () => {
    const out = join(folder, 'label.pdf');
    const args = ['export', '--dataset', 'manchester-imd-2019', '--to', 'label', '--out', out];
    const refused = await run(args, { env: { PATH: '' } });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('Export the label to .html and print that page');
  });
});
