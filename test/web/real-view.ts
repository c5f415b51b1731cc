/** The view of a weave of a built-in dataset, as the weave itself would send it. */
import { clothOf } from '../../host/data/cloth-of';
import { openDataset } from '../../host/data/dataset';
import { readProfile } from '../../host/profiles/read';
import { weaveView } from '../../host/weave/view';
import type { WeaveView } from '../../protocol/feed';

/** @param pick number of the pick whose shed is open */
export async function realView(dataset: string, pick: number): Promise<WeaveView> {
  const profile = readProfile('exhibition-40');
  const cloth = clothOf(await openDataset(dataset), profile);
  return weaveView(cloth, {
    pick,
    step: pick,
    direction: 'forward',
    phase: 'waiting',
    words: '',
    secondsLeft: (cloth.lifts.picks - pick) * 8,
    board: { kind: 'emulated', mcu: 'atmega328p', firmware: '1.0', heddles: 40 },
  });
}
