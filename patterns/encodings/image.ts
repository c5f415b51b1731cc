/** What a record looks like, and what records could be: the one place that weaving and reading share. */
import { bandAreas, everyBand } from './bands';
import { barAreas, guessBars } from './bars';
import type { Area, Face, Painter } from './ground';
import type { AnyKey } from './key';
import { guessMirror, mirrorAreas } from './mirror';
import { guessPunchcard, punchcardAreas } from './punchcard';
import type { Said } from './said';
import { everyLane, laneAreas } from './sequence';
import { guessShade, shadeAreas } from './shade';
import { guessSpan, spanAreas } from './span';

/** The faces of a record that says this. */
export function areasOf(key: AnyKey, said: Said): Area[] {
  switch (key.encoding) {
    case 'bars':
      return barAreas(key, said);
    case 'bands':
      return bandAreas(key, said);
    case 'sequence':
      return laneAreas(key, said);
    case 'shade':
      return shadeAreas(key, said);
    case 'span':
      return spanAreas(key, said);
    case 'punchcard':
      return punchcardAreas(key, said);
    case 'mirror':
      return mirrorAreas(key, said);
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
    case 'shade':
      return guessShade(key, words, pick, painter);
    case 'span':
      return guessSpan(key, words, pick, painter);
    case 'punchcard':
      return guessPunchcard(key, words, pick, painter);
    case 'mirror':
      return guessMirror(key, words, pick, painter);
  }
}

/** The face of the rows between records: the one that is no bar's. */
export function dividerFace(encoding: AnyKey['encoding'], n: number): Face {
  return encoding === 'mirror' ? 1 : n - 1;
}
