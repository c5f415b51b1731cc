/** Every built-in dataset in every encoding that it suggests, as a picture with its legend and ten questions. */
import { clothOf } from '../../host/data/cloth-of';
import { listDatasets, openDataset } from '../../host/data/dataset';
import { readProfile } from '../../host/profiles/read';
import type { Cloth } from '../../patterns/cloth';
import type { Picture } from '../../patterns/render/look';
import { countedIn } from './counted';
import { type Question, questionsOf } from './questions';
import { measuresIn, type Printed, printedOf } from './reader';
import { columnsOf, sheetOf } from './sheet';

const profile = 'exhibition-40';
/** Pixels across one end: the threads' twist can be seen; a long cloth is shown smaller, so that a page holds it. */
const px = { short: 6, long: 5 };

export interface Piece {
  /** of its files: `manchester-imd-2019-bands` */
  readonly name: string;
  readonly title: string;
  readonly encoding: string;
  readonly command: string;
  readonly story: string;
  readonly cloth: Cloth;
  readonly printed: Printed;
  /** columns of the picture, from the left */
  readonly columns: number;
  readonly questions: readonly Question[];
}

export async function gallery(): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const { id } of await listDatasets()) {
    const dataset = await openDataset(id);
    for (const choice of dataset.choices) {
      const { encoding, value, by } = choice;
      const wish = { encode: encoding, value, by };
      const cloth = clothOf(dataset, readProfile(profile), wish);
      const printed = printedOf(cloth);
      const measures = measuresIn(printed);
      const counted = countedIn(dataset, choice, measures);
      const same = dataset.choices.filter((other) => other.encoding === encoding).length > 1;
      pieces.push({
        name: `${id}-${encoding}${same ? `-${value}` : ''}`,
        title: dataset.title,
        encoding,
        command: `loom preview --dataset ${id} --encode ${encoding} --value ${value} --out cloth.png`,
        story: cloth.provenance.story,
        cloth,
        printed,
        columns: columnsOf(cloth.lifts.picks),
        questions: questionsOf(counted, measures),
      });
    }
  }
  return pieces;
}

export const pictureOf = ({ cloth, columns }: Piece): Picture => sheetOf(cloth, columns > 1 ? px.long : px.short);
