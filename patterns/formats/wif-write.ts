/** Writes WIF 1.1 so that every program can read it: `Key=value`, `true` and `false`, each section listed in [CONTENTS]. */

import type { BitRows } from '../bit-rows';
import { numbersOf } from '../draft';
import type { WeavingFile } from './weaving-file';

/** What is written: a weaving file without what only a reader knows. */
export type Draft = Pick<
  WeavingFile,
  'title' | 'treadling' | 'shed' | 'palette' | 'warp' | 'weft' | 'sett' | 'picksPerCm' | 'privateSections'
> & {
  readonly threading: BitRows;
  readonly liftPlan: BitRows | null;
  /** written as the comments of the weaver; one line each */
  readonly remarks?: readonly string[];
};

const numbers = (rows: BitRows, row: number): string => numbersOf(rows, row).join(',');

/** `1=…` for each row that has something. */
function rowLines(rows: BitRows): string[] {
  const lines: string[] = [];
  for (let row = 0; row < rows.picks; row++) {
    const text = numbers(rows, row);
    if (text !== '') lines.push(`${row + 1}=${text}`);
  }
  return lines;
}

/** Letters that would end a line or begin another are left out. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const parts = (colour: string): string =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).join(',');

/** @returns text with LF line ends; UTF-8 when it is stored */
export function writeWif(draft: Draft): string {
  const { threading, treadling, liftPlan, palette } = draft;
  const usual = (threads: Uint16Array) => (threads[0] ?? 0) + 1;
  const spacing = (perCm: number | null) =>
    perCm ? [`Spacing=${Number((1 / perCm).toFixed(6))}`, 'Units=centimeters'] : [];
  const sections: [string, string[]][] = [
    ['TEXT', draft.title ? [`Title=${plain(draft.title)}`] : []],
    ['NOTES', (draft.remarks ?? []).map((line, i) => `${i + 1}=${plain(line)}`)],
    [
      'WEAVING',
      [`Rising Shed=${draft.shed === 'rising'}`, `Treadles=${treadling?.tieUp.picks ?? 0}`, `Shafts=${threading.ends}`],
    ],
    ['WARP', [`Threads=${draft.warp.length}`, `Color=${usual(draft.warp)}`, ...spacing(draft.sett)]],
    ['WEFT', [`Threads=${draft.weft.length}`, `Color=${usual(draft.weft)}`, ...spacing(draft.picksPerCm)]],
    ['COLOR PALETTE', ['Range=0,255', `Entries=${palette.length}`]],
    ['COLOR TABLE', palette.map((colour, i) => `${i + 1}=${parts(colour)}`)],
    ['THREADING', rowLines(threading)],
    ['TIEUP', treadling ? rowLines(treadling.tieUp) : []],
    ['TREADLING', treadling ? rowLines(treadling.pressed) : []],
    ['LIFTPLAN', liftPlan ? rowLines(liftPlan) : []],
    ['WARP COLORS', colourLines(draft.warp)],
    ['WEFT COLORS', colourLines(draft.weft)],
    ...draft.privateSections.map(({ heading, lines }): [string, string[]] => [heading, [...lines]]),
  ];
  const written = sections.filter(([, lines]) => lines.length > 0);
  const contents = written.map(([heading]) => `${heading}=true`);
  const head = [
    '[WIF]',
    'Version=1.1',
    'Date=April 20, 1997',
    'Developers=wif@mhsoft.com',
    'Source Program=loom',
    '',
    '[CONTENTS]',
  ];
  const body = written.flatMap(([heading, lines]) => ['', `[${heading}]`, ...lines]);
  return `${[...head, ...contents, ...body].join('\n')}\n`;
}

/** Threads whose colour is not the usual one. */
function colourLines(threads: Uint16Array): string[] {
  const lines: string[] = [];
  for (const [i, colour] of threads.entries()) if (colour !== threads[0]) lines.push(`${i + 1}=${colour + 1}`);
  return lines;
}
