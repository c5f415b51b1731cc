/** Settings files: what is written is read, and what is wrong is said with its line before anything is sent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFitsBoard } from '../../host/maker/fits-board';
import { changes, valueIn } from '../../host/maker/image';
import { parseSettings } from '../../host/maker/image-file';
import { imageJson, imageToml } from '../../host/maker/image-text';
import { anyImage, firstImage } from './an-image';

const here = firstImage();
const head = 'format = "loom-settings"\nversion = 1\n';
const reading = (text: string) => () => parseSettings(text, 'loom.toml');
const fitting = (text: string) => () => checkFitsBoard(parseSettings(text, 'loom.toml'), here);

describe('a settings file', () => {
  it.each([
    ['TOML', imageToml],
    ['JSON', imageJson],
  ])('in %s says all that the board has, whatever that is', (_, write) => {
    fc.assert(
      fc.property(anyImage, (image) => {
        const { values, origin } = parseSettings(write(image), 'file');
        expect(changes(values, image.values)).toEqual([]);
        expect(changes(image.values, values)).toEqual([]);
        const { boardId, mcu, firmware, date, version } = image;
        expect(origin).toEqual({ boardId, mcu, firmware, date, version });
      }),
      { numRuns: 20 },
    );
  });

  it('of the board itself changes nothing', () => {
    const file = parseSettings(imageToml(here), 'loom.toml');
    checkFitsBoard(file, here);
    expect(changes(here.values, file.values)).toEqual([]);
  });

  it('may name only what is to be changed', () => {
    const file = parseSettings(`${head}[settings]\nservo.up = 1660\n[heddles]\n12 = { up = 1652 }\n`, 'loom.toml');
    expect(changes(here.values, file.values)).toMatchObject([
      { setting: { name: 'servo.up' }, was: 1700, becomes: 1660 },
      { setting: { name: 'up' }, index: 11, was: 0, becomes: 1652 },
    ]);
  });

  it('is read as the board keeps it: widths in steps of 4 µs, "none" for a masked heddle', () => {
    const { values } = parseSettings(`${head}[heddles]\n3 = { up = 1655, output = "none" }\n`, 'loom.toml');
    expect([valueIn(values, 'up', 2), valueIn(values, 'output', 2)]).toEqual([1652, 0xffff]);
  });
});

describe('a mistake in a settings file', () => {
  it.each([
    ['a name that is near', `${head}[settings]\nmove.k = 8\nservo.upp = 1700\n`, /line 5: .*servo\.upp.*servo\.up/],
    ['a value out of range', `${head}[settings]\n\nservo.up = 2700\n`, /line 5: servo\.up = 2700 .*500 to 2540 µs/],
    ['a heddle’s width', `${head}[heddles]\n1 = { up = 1700 }\n2 = { up = 20 }\n`, /line 5: 2, up = 20 .*500 to 2540/],
    ['a heddle 0', `${head}[heddles]\n0 = { up = 1700 }\n`, /line 4: .*count from 1/],
    ['words for a number', `${head}[settings]\nservo.up = "high"\n`, /line 4: .*whole number/],
    ['"none" where there is no none', `${head}[settings]\nservo.up = "none"\n`, /line 4: servo\.up cannot be "none"/],
    ['a table that is not known', `${head}\n[heddle]\n1 = { up = 1700 }\n`, /line 4: heddle is not known/],
    ['another file', 'title = "A cloth"\n', /no settings file of a loom/],
    ['a later version', 'format = "loom-settings"\nversion = 2\n', /line 2: .*another version of this program/],
    ['broken TOML', `${head}[settings\n`, /line 3: /],
    ['broken JSON', '{ "format": ', /is not JSON/],
  ])('is told: %s', (_, text, sentence) => {
    expect(reading(text)).toThrow(sentence);
    expect(reading(text)).toThrow(/loom\.toml.*nothing was changed/s);
  });

  it.each([
    ['of another loom', imageToml(firstImage(0xdeadbeef)), /line 7: .*board deadbeef.*board 1234abcd.*restore/],
    ['more heddles than there are', `${head}[heddles]\n41 = { up = 1700 }\n`, /line 4: there is no heddle 41: .* 40/],
    ['more than the chip has', `${head}[settings]\nheddles = 200\n`, /line 4: heddles = 200.*atmega328p.*128/],
    ['two heddles on one output', `${head}[heddles]\n1 = { output = 4 }\n`, /line 4: heddles .*both have output 4/],
    ['heddles that do not fit on pins', `${head}[settings]\noutputs = 1\n`, /40 heddles do not fit on pins/],
    [
      'too many exceptions',
      `${head}[heddles]\n${Array.from({ length: 17 }, (_, i) => `${i + 1} = { output = ${i + 50} }`).join('\n')}\n`,
      /line 3: 17 heddles .*at most 16/,
    ],
  ])('is told: a file %s', (_, text, sentence) => {
    expect(fitting(text)).toThrow(sentence);
  });

  it('is none where a copy of another board is restored', () => {
    checkFitsBoard(parseSettings(imageToml(firstImage(0xdeadbeef)), 'loom.toml'), here, true);
  });
});
