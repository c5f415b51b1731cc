/** Reads a weaving file, whichever of the known formats it is in: its content decides, not its name. */
import { readDtx } from './dtx-read';
import { readPbm } from './pbm';
import { DraftError, type WeavingFile } from './weaving-file';
import { readWif } from './wif-read';
import { readWpo, wpoMark } from './wpo-read';

const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 4096));

/** @throws DraftError with the line and the reason */
export function readWeavingFile(bytes: Uint8Array): WeavingFile {
  if (bytes.length === 0) throw new DraftError('The file is empty.');
  const head = text(bytes);
  if (bytes[0] === wpoMark && bytes[1] < 32) return readWpo(bytes);
  if (/^P[14]\s/.test(head)) return readPbm(bytes);
  if (/^\s*@@/m.test(head)) return readDtx(bytes);
  return readWif(bytes);
}
