/** Data to cloth and back: the public face of this folder. Pure functions; the same code runs in the browser. */
export { BitRows } from './bit-rows';
export { checkCloth, type Finding } from './checks';
export { type Choice, type EncodingName, encodingNames, type Refusal } from './choice';
export type { Cloth, ClothKey, ClothRecord, LegendEntry, Part, PartKind, Provenance } from './cloth';
export { ClothFileError, clothFromJson, clothToJson } from './cloth-json';
export {
  draftLimits,
  type LiftPlan,
  liftPlanOf,
  numbered,
  numbersOf,
  sunk,
  type TreadledDraft,
  type Treadling,
} from './draft';
export { drawdown } from './drawdown';
export { binned, type Encoded, encode } from './encode';
export { keyText } from './encodings/key';
export type { Reading, Said, Statement } from './encodings/said';
export { timeOf, type WeavingTime } from './plan';
export type { LoomProfile, WarpDesign, WarpStripe, Yarn } from './profile';
export { readBack, type Woven } from './read-back';
export { type Suggestion, type Suggestions, suggestEncodings, type Unsuited } from './suggest';
export type { AbsentReason, Cell, Column, Flag, MeasureKind, Table } from './table';
