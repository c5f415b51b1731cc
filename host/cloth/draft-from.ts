/** A cloth as the draft that weavers' programs are given: its own threading where it was a draft, else the loom's shafts. */

import { noData } from '../../patterns/formats/cloth-of-draft';
import { draftOf } from '../../patterns/formats/draft-of';
import { keySection } from '../../patterns/formats/private-key';
import type { Draft } from '../../patterns/formats/wif-write';
import { harnessOf } from '../../patterns/harness';
import type { LoomProfile } from '../../patterns/profile';
import type { Source } from './source';

/** @param loom whose shafts are used when the cloth is for it */
export function draftFrom({ cloth, draft }: Source, loom: LoomProfile): Draft {
  if (draft?.threading) return { ...draft, threading: draft.threading };
  const { title, counted, source, licence, caveats, sha256 } = cloth.provenance;
  const harness = harnessOf(loom);
  const shafts = harness.by === 'shafts' && cloth.lifts.ends === loom.ends ? harness.of : undefined;
  const tells = cloth.key.encoding !== noData;
  const remarks = tells
    ? [`Counted by: ${counted}`, `Source: ${source}`, `Licence: ${licence}`, ...caveats, `Data: sha256 ${sha256}`]
    : [];
  const made = draftOf({ ...cloth, title, remarks }, shafts);
  return tells ? { ...made, privateSections: [keySection(cloth)] } : made;
}
