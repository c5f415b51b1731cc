/** What each firmware supports of the Firmata protocol, side by side; `npx vitest run test/firmata -u` after a change that is meant. */
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { shippedFirmware } from '../../host/paths';
import { standardFirmata } from './conformance';
import type { Verdict } from './probe';
import { conformance, type Report } from './suite';
import { table } from './table';

let reports: Report[];
let ours: Report;
let theirs: Report[];
beforeAll(() => {
  for (const hex of [shippedFirmware, ...standardFirmata]) expect(existsSync(hex), hex).toBe(true);
  reports = [shippedFirmware, ...standardFirmata].map((hex) => conformance(readFileSync(hex, 'utf8')));
  [ours, ...theirs] = reports;
});

const broken: readonly Verdict[] = ['waits', 'crashes'];
const verdictOf = ({ findings }: Report, feature: string) =>
  findings.find((finding) => finding.feature === feature)?.verdict;

describe('the Firmata protocol', () => {
  it('is supported as the table says', async () => {
    await expect(table(reports)).toMatchFileSnapshot('conformance.txt');
  });

  it('is answered, obeyed or refused by our firmware, whatever it is sent, and never differently', () => {
    const wrong = ours.findings.filter(({ verdict }) => verdict === 'differs' || broken.includes(verdict));
    expect(wrong).toEqual([]);
  });

  it('is spoken by our firmware wherever a StandardFirmata speaks it right', () => {
    const behind = ours.findings
      .filter(({ verdict }) => verdict !== 'supports' && verdict !== '–')
      .map(({ feature }) => feature)
      .filter((feature) => theirs.some((report) => verdictOf(report, feature) === 'supports'));
    expect(behind).toEqual([]);
  });

  it('has a suite that can tell: an oversize string is the end of a StandardFirmata', () => {
    for (const report of theirs) expect(broken).toContain(verdictOf(report, 'a string of 200 letters with accents'));
  });
});
