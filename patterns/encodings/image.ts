/** What a record looks like, and what records could be: the one place that weaving and reading share. */
import { bandAreas, everyBand } from './bands';
import { barAreas, guessBars } from './bars';
import type { Area, Painter } from './ground';
import type { AnyKey } from './key';
import type { Said } from './said';
import { everyLane, laneAreas } from './sequence';

/** The faces of a record that says this. */
export function areasOf(key: AnyKey, said: Said): Area[] {
  switch (key.encoding) {
    case 'bars':
      return barAreas(key, said);
    case 'bands':
      return bandAreas(key, said);
    case 'sequence':
      return laneAreas(key, said);
  }
}

/** What the record may say whose rows begin at that pick. Colours are not looked at here. */
export function candidates(key: AnyKey, words: Uint32Array, pick: number, painter: Painter): readonly Said[] {
  switch (key.encoding) {
    case 'bars':
      return guessBars(key, words, pick, painter);
    case 'bands':
      return everyBand(key);
    case 'sequence':
      return everyLane(key);
  }
}
