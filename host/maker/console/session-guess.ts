/**
 * Reads loom frames of a session that somebody else opened. The session's number is the seed of the CRC, and a seed changes
 * every CRC in a way of its own: each frame has just one seed that fits. Two frames in a row with the same one are no chance.
 */
import { type BoardFrame, crc16, decodeBoard, unpack7 } from '../../../protocol/wire';
import { helloSeed } from '../../../protocol/wire.table';

export class SessionGuess {
  private seed: number | null = null;
  private suspected: number | null = null;

  /** @returns null when the frame is damaged, or the first of a session unknown so far */
  read(packed: Uint8Array): BoardFrame | null {
    for (const seed of [this.seed, helloSeed]) {
      const frame = seed === null ? 'crc' : decodeBoard(packed, seed);
      if (typeof frame !== 'string') return this.learn(frame);
    }
    const seed = seedOf(packed);
    const sure = seed !== null && seed === this.suspected;
    this.suspected = seed;
    if (!sure) return null;
    this.seed = seed;
    const frame = decodeBoard(packed, seed);
    return typeof frame === 'string' ? null : frame;
  }

  private learn(frame: BoardFrame): BoardFrame {
    if (frame.name === 'HELLO') this.seed = frame.fields.session;
    return frame;
  }
}

/** The seed with which the frame's CRC is right. */
function seedOf(packed: Uint8Array): number | null {
  const body = unpack7(packed);
  if (body.length < 3) return null;
  const content = body.subarray(0, -2);
  const crc = body[body.length - 2] | (body[body.length - 1] << 8);
  // crc(seed) ^ crc(0) is linear in the seed: sixteen bits of it tell all.
  const zero = crc16(content, 0);
  const rows = Array.from({ length: 16 }, (_, bit) => ({ out: crc16(content, 1 << bit) ^ zero, seed: 1 << bit }));
  let rest = crc ^ zero;
  let seed = 0;
  for (let bit = 15; bit >= 0; bit--) {
    const at = rows.findIndex(({ out }) => out >> bit === 1);
    if (at < 0) continue;
    const [pivot] = rows.splice(at, 1);
    for (const row of rows) {
      if (((row.out >> bit) & 1) === 0) continue;
      row.out ^= pivot.out;
      row.seed ^= pivot.seed;
    }
    if (((rest >> bit) & 1) === 0) continue;
    rest ^= pivot.out;
    seed ^= pivot.seed;
  }
  return rest === 0 ? seed : null;
}
