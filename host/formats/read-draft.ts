/** A weaving file from disk: drafts, and 1-bit pictures; sizes are looked at before anything is read. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { PNG } from 'pngjs';
import { BitRows } from '../../patterns/bit-rows';
import { fileOfImage } from '../../patterns/formats/pbm';
import { readWeavingFile } from '../../patterns/formats/read';
import { DraftError, mustFit, type WeavingFile } from '../../patterns/formats/weaving-file';
import { LoomError } from '../errors';

const mostBytes = 32 * 1024 * 1024;
const mostPixels = 16 * 1024 * 1024;
const pngMark = [0x89, 0x50, 0x4e, 0x47];

/** @throws LoomError dataset: file, line and reason */
export function readDraft(path: string): WeavingFile {
  try {
    const bytes = bytesOf(path);
    return pngMark.every((byte, i) => bytes[i] === byte) ? readPng(bytes) : readWeavingFile(bytes);
  } catch (error) {
    if (!(error instanceof DraftError)) throw error;
    throw new LoomError('dataset', `${basename(path)} cannot be read as a draft. ${error.message}`, { cause: error });
  }
}

/** At most `mostBytes`, also of what has no end. */
function bytesOf(path: string): Uint8Array {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw new LoomError('dataset', `${path} cannot be opened: ${(error as NodeJS.ErrnoException).code}.`, {
      cause: error,
    });
  }
  try {
    if (fstatSync(file).isDirectory()) throw new DraftError('It is a folder.');
    const chunks: Buffer[] = [];
    let sum = 0;
    for (;;) {
      const chunk = Buffer.alloc(256 * 1024);
      const count = readSync(file, chunk);
      if (count === 0) return Buffer.concat(chunks, sum);
      chunks.push(chunk.subarray(0, count));
      sum += count;
      if (sum > mostBytes) throw new DraftError(`It has more than ${mostBytes} bytes, which no draft has.`);
    }
  } finally {
    closeSync(file);
  }
}

/** Dark = warp up. @throws DraftError for a picture that has anything between black and white */
function readPng(bytes: Uint8Array): WeavingFile {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.length < 33) throw new DraftError('The picture ends too soon.');
  // Width and height stand in the first chunk: looked at before anything is unpacked.
  const [wide, high] = [header.readUInt32BE(16), header.readUInt32BE(20)];
  mustFit(wide, high);
  // Unpacked, a pixel takes 32 times the memory of its crossing.
  if (wide * high > mostPixels)
    throw new DraftError(`A picture of ${wide} × ${high} is more than is read here (${mostPixels} crossings).`);
  let png: PNG;
  try {
    png = PNG.sync.read(header, { checkCRC: true });
  } catch (error) {
    throw new DraftError(`The picture is damaged: ${(error as Error).message}.`);
  }
  const { width, height, data } = png;
  const lifts = new BitRows(width, height);
  for (let row = 0; row < height; row++)
    for (let end = 0; end < width; end++) {
      const at = 4 * (row * width + end);
      const light = data[at] + data[at + 1] + data[at + 2];
      if (data[at + 3] < 255 || (light !== 0 && light !== 765))
        throw new DraftError(
          `Only black (warp up) and white belong into the picture; at ${end + 1} from the left, ${row + 1} from the top stands something else.`,
        );
      if (light === 0) lifts.set(height - 1 - row, end, true);
    }
  return fileOfImage(lifts);
}
