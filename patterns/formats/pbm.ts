/** Pictures of one bit a crossing: black = warp up, the top row is the last pick, the left is end 1. Plain and packed PBM. */
import { BitRows } from '../bit-rows';
import { DraftError, mustFit, type WeavingFile } from './weaving-file';

/** Crossings as plain PBM (P1): 1 = warp up, at most 70 characters a line as the format wants. */
export function writePbm(lifts: BitRows): string {
  const lines: string[] = [];
  for (let pick = lifts.picks - 1; pick >= 0; pick--) lines.push(...(lifts.text(pick).match(/.{1,70}/g) ?? []));
  return `P1\n${lifts.ends} ${lifts.picks}\n${lines.join('\n')}\n`;
}

/** @throws DraftError when it is no PBM, or ends too soon */
export function readPbm(bytes: Uint8Array): WeavingFile {
  const packed = bytes[1] === 0x34;
  if (bytes[0] !== 0x50 || !(packed || bytes[1] === 0x31))
    throw new DraftError('This is no PBM picture: it begins with neither P1 nor P4.');
  let at = 2;
  const next = (): number | undefined => {
    while (at < bytes.length) {
      const byte = bytes[at];
      if (byte === 0x23) while (at < bytes.length && bytes[at] !== 0x0a) at++;
      else if (byte > 0x20) return byte;
      else at++;
    }
    return undefined;
  };
  const number = (): number => {
    let value = 0;
    let digits = 0;
    next();
    while (at < bytes.length && bytes[at] >= 0x30 && bytes[at] <= 0x39 && digits < 9) {
      value = value * 10 + bytes[at++] - 0x30;
      digits++;
    }
    if (digits === 0) throw new DraftError('This PBM picture does not say how wide and how high it is.');
    return value;
  };
  const [ends, picks] = [number(), number()];
  mustFit(ends, picks);
  const short = () => new DraftError(`The picture ends too soon: ${ends} × ${picks} crossings are announced.`);
  const lifts = new BitRows(ends, picks);
  if (packed) {
    at++;
    const stride = Math.ceil(ends / 8);
    if (bytes.length - at < stride * picks) throw short();
    for (let row = 0; row < picks; row++)
      for (let end = 0; end < ends; end++)
        if ((bytes[at + row * stride + (end >> 3)] >> (7 - (end & 7))) & 1) lifts.set(picks - 1 - row, end, true);
  } else
    for (let row = 0; row < picks; row++)
      for (let end = 0; end < ends; end++) {
        const mark = next();
        if (mark === undefined) throw short();
        if (mark !== 0x30 && mark !== 0x31) throw new DraftError('Only 0 and 1 belong into a plain PBM picture.');
        if (mark === 0x31) lifts.set(picks - 1 - row, end, true);
        at++;
      }
  return fileOfImage(lifts);
}

/** A weaving file that has nothing but crossings: dark warp, pale weft. */
export function fileOfImage(lifts: BitRows): WeavingFile {
  return {
    format: 'image',
    title: '',
    threading: null,
    treadling: null,
    liftPlan: null,
    shed: 'rising',
    lifts,
    palette: ['#000000', '#ffffff'],
    warp: new Uint16Array(lifts.ends),
    weft: new Uint16Array(lifts.picks).fill(1),
    sett: null,
    picksPerCm: null,
    privateSections: [],
    notes: ['A picture says only where the warp is up: black; its lowest row is pick 1, its left side is end 1.'],
  };
}
