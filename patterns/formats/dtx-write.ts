/** Writes DTX as Fiberworks reads it: a lift plan, or tie-up and treadling; colours from 0. */
import type { BitRows } from '../bit-rows';
import { type LiftPlan, liftPlanOf, numbersOf, sunk } from '../draft';
import type { Draft } from './wif-write';

const perLine = 20;

function groups(rows: BitRows): string[] {
  const all = Array.from({ length: rows.picks }, (_, row) => numbersOf(rows, row).join(',') || '0');
  const lines: string[] = [];
  for (let at = 0; at < all.length; at += perLine) lines.push(all.slice(at, at + perLine).join(' '));
  return lines;
}

function numbers(threads: Uint16Array): string[] {
  const lines: string[] = [];
  for (let at = 0; at < threads.length; at += perLine) lines.push(threads.subarray(at, at + perLine).join(' '));
  return lines;
}

/** A DTX file knows only a rising shed: the lift plan of a sinking one is turned over. */
function risingPlan({ threading, treadling, liftPlan, shed }: Draft): LiftPlan {
  if (!liftPlan && treadling) return liftPlanOf({ threading, ...treadling, shed });
  const plan = { shafts: threading.ends, threading, rises: liftPlan as BitRows };
  return shed === 'rising' ? plan : sunk(plan);
}

/** @returns text with LF line ends */
export function writeDtx(draft: Draft): string {
  const { threading, palette, treadling } = draft;
  const treadled = treadling && draft.shed === 'rising' && !draft.liftPlan ? treadling : null;
  const info = [
    `%%shafts ${threading.ends}`,
    `%%treadles ${treadled?.tieUp.picks ?? threading.ends}`,
    `%%ends ${threading.picks}`,
    `%%picks ${draft.weft.length}`,
  ];
  const sheds: [string, string[]][] = [];
  if (treadled) {
    const { tieUp, pressed } = treadled;
    const rows = Array.from({ length: tieUp.ends }, (_, shaft) =>
      Array.from({ length: tieUp.picks }, (_, treadle) => (tieUp.get(treadle, shaft) ? '1' : '0')).join(''),
    );
    sheds.push(['Tieup', rows.reverse()], ['Treadling', ['%%compound', ...groups(pressed)]]);
  } else {
    const { rises } = risingPlan(draft);
    sheds.push(['Liftplan', Array.from({ length: rises.picks }, (_, pick) => rises.text(pick))]);
  }
  const sections: [string, string[]][] = [
    ['Description', [draft.title.replace(/[\p{Cc}@%]+/gu, ' ').trim() || 'loom']],
    ['Info', info],
    ['Threading', groups(threading)],
    ...sheds,
    [
      'Color Palet',
      palette.map((colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).join(',')),
    ],
    ['Warp Colors', numbers(draft.warp)],
    ['Weft Colors', numbers(draft.weft)],
    ...draft.privateSections
      .filter(({ heading }) => heading === 'Private')
      .map(({ lines }): [string, string[]] => ['Private', lines.filter((line) => !line.startsWith('@@'))]),
  ];
  const body = sections.flatMap(([name, lines]) => [`@@${name}`, ...lines]);
  return `${['@@StartDTX', '%%version 1', ...body, '@@EndDTX'].join('\n')}\n`;
}
