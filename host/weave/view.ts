/** The weave as a person in the room sees it: the cloth as the feed sends it, and the words for what happens. */
import type { Cloth, ClothRecord } from '../../patterns/cloth';
import type { ClothMessage, WeaveView } from '../../protocol/feed';
import type { PressOutcome } from '../board/driver';

export type Standing = Pick<
  WeaveView,
  'pick' | 'step' | 'direction' | 'phase' | 'words' | 'secondsLeft' | 'board' | 'masked' | 'link'
>;

export function clothMessage(cloth: Cloth): ClothMessage {
  const { ends, picks } = cloth.lifts;
  const rows = Array.from({ length: picks }, (_, pick) => cloth.lifts.bytes(pick));
  return {
    ends,
    picks,
    lifts: Buffer.concat(rows).toString('base64'),
    yarns: cloth.yarns.map(({ name, colour }) => ({ name, colour })),
    warp: Buffer.from(cloth.warp).toString('base64'),
    weft: Buffer.from(cloth.weft).toString('base64'),
    parts: cloth.parts.map((part) => ({ ...part })),
    records: cloth.records.map((record) => ({ ...record })),
    legend: cloth.legend.map(({ colour, title }) => ({ colour, title })),
    notes: [...cloth.notes],
    sett: cloth.sett,
    picksPerCm: cloth.picksPerCm,
  };
}

export function weaveView(cloth: Cloth, standing: Standing): WeaveView {
  const { dataset, title, story, counted, source, licence, caveats } = cloth.provenance;
  return {
    dataset,
    title,
    story,
    counted,
    source,
    licence,
    caveats: [...caveats],
    cloth: clothMessage(cloth),
    ...standing,
  };
}

/** The record that a pick belongs to; null for frame, legend and rulers. */
export function recordOfPick(cloth: Cloth, pickIndex: number): ClothRecord | null {
  const part = cloth.parts.find(({ from, to }) => pickIndex >= from && pickIndex < to);
  return part?.record === undefined ? null : cloth.records[part.record];
}

/** Why a press opened nothing. */
export function pressWords(outcome: PressOutcome): string {
  switch (outcome) {
    case 'moving':
      return 'The shed is still moving; that press opened nothing.';
    case 'soon':
      return 'That press came too soon after the last one and opened nothing.';
    case 'hands':
      return 'Hands are in the shed; that press opened nothing.';
    case 'silent':
      return 'The board had not heard from the host; that press opened nothing.';
    default:
      return 'That press opened nothing.';
  }
}
