/** The one question that only a person can answer: which row is in the shed. */
import type { Cloth } from '../../patterns/cloth';
import type { Shed } from './place';

/** The board cannot say where it is: which of these sheds was open last? */
export interface PlaceQuestion {
  readonly why: string;
  readonly candidates: readonly Shed[];
  readonly cloth: Cloth;
}
export interface PlaceAnswer {
  readonly shed: Shed;
  /** the thread of that row is in already */
  readonly threadIn: boolean;
}
/** Rejects with LoomError configuration where nobody can be asked. */
export type AskPlace = (question: PlaceQuestion) => Promise<PlaceAnswer>;
