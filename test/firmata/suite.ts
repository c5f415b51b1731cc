/** The whole suite on one firmware. */
import { firmwareReport } from '../../protocol/firmata';
import { abuses } from './abuse';
import { FirmataBoard, isSysex } from './board';
import { i2cProbes } from './i2c';
import { pinProbes } from './pins';
import { type Finding, type Probe, tryOut } from './probe';
import { questions } from './questions';

export const chapters: Readonly<Record<string, readonly Probe[]>> = {
  'what it says of itself': questions,
  pins: pinProbes,
  'I²C': i2cProbes,
  'what no client should send': abuses,
};

export interface Report {
  /** as the firmware calls itself */
  readonly name: string;
  /** in the order of the chapters */
  readonly findings: readonly Finding[];
}

/** @param hex text of an Intel HEX file for the Uno */
export function conformance(hex: string): Report {
  const board = new FirmataBoard(hex);
  const banner = board.banner.find(isSysex(0x79));
  const { name, version } = (banner && firmwareReport(banner.body)) ?? { name: 'no Firmata', version: '' };
  const findings = Object.values(chapters).flatMap((probes) => probes.map((probe) => tryOut(probe, board)));
  return { name: `${name.replace(/\.ino$/, '')} ${version}`.trim(), findings };
}
