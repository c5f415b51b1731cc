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
export { areaCount, type Ground, groundOf, lanesAcross, mayTurn } from './encodings/ground';
export { keyText } from './encodings/key';
export type { Reading, Said, Statement } from './encodings/said';
export { type Verdict, verdictOf, verdicts } from './every-loom';
export { actuatorRow, type Harness, harnessOf, tornApart } from './harness';
export { timeOf, type WeavingTime } from './plan';
export {
  type Lifting,
  type LoomProfile,
  type SelvedgeWeave,
  type Threading,
  type WarpDesign,
  type WarpStripe,
  weavableCm,
  type Yarn,
} from './profile';
export { readBack, type Woven } from './read-back';
export { type Floats, type KnownStructure, structureCatalogue } from './structures';
export { type Suggestion, type Suggestions, suggestEncodings, type Unsuited } from './suggest';
export type { AbsentReason, Cell, Column, Flag, MeasureKind, Table } from './table';
export { clothGrams, type YarnUse, yarnUse } from './yarn-use';
