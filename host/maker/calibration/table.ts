/** What each key does at the calibration: the values change, the heddle moves, nothing is lost. */

import { Refused } from '../../board/refused';
import { exitCodes, LoomError } from '../../errors';
import type { CalibrationBench } from './bench';
import {
  adjust,
  type Calibration,
  copyTo,
  groupOf,
  isMasked,
  mask,
  move,
  type Side,
  saved,
  takeUp,
  turn,
  undo,
  unsaved,
  width,
} from './calibration';
import type { CalibrationPicture } from './frame';
import { type CalibrationDraft, keepDraft } from './kept-draft';

export interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/** Rows that show at a glance whether all heddles reach: name, and whether a heddle is lifted. */
const testRows: readonly (readonly [string, (index: number) => boolean])[] = [
  ['plain weave, odd ends', (index) => index % 2 === 0],
  ['plain weave, even ends', (index) => index % 2 === 1],
  ['2/2 twill', (index) => index % 4 < 2],
  ['all lifted', () => true],
  ['all lowered', () => false],
];
const fine = 4;
const coarse = 20;

type Acts = Readonly<Record<string, (calibration: Calibration) => Calibration>>;
/** Keys that put another heddle or position in hand. */
const goings: Acts = {
  left: (calibration) => move(calibration, -1),
  right: (calibration) => move(calibration, 1),
  home: (calibration) => move(calibration, -calibration.cursor),
  end: (calibration) => move(calibration, calibration.now.length),
  u: (calibration) => turn(calibration, 'up'),
  d: (calibration) => turn(calibration, 'down'),
  space: (calibration) => turn(calibration, calibration.side === 'up' ? 'down' : 'up'),
};
/** Keys that change a value. */
const editings: Acts = {
  up: (calibration) => adjust(calibration, fine),
  down: (calibration) => adjust(calibration, -fine),
  pageup: (calibration) => adjust(calibration, coarse),
  pagedown: (calibration) => adjust(calibration, -coarse),
  z: undo,
  m: mask,
};

type Mode =
  | { readonly kind: 'keys' }
  | { readonly kind: 'group'; readonly typed: string }
  | { readonly kind: 'quit' }
  | { readonly kind: 'draft'; readonly draft: CalibrationDraft }
  | { readonly kind: 'saving' };

export class CalibrationTable {
  private readonly stands: Side[];
  private mode: Mode;
  private words = 'Choose a heddle with ← and →, and move it with ↑ and ↓.';
  private rows = 0;
  private changed: () => void = () => {};
  private end: (code: number) => void = () => {};
  private fail: (error: unknown) => void = () => {};

  constructor(
    private calibration: Calibration,
    private readonly bench: CalibrationBench,
    private readonly boardId: number,
    draft: CalibrationDraft | null,
  ) {
    this.stands = calibration.now.map(() => 'down');
    this.mode = draft ? { kind: 'draft', draft } : { kind: 'keys' };
  }

  /** @param end hears the exit code, `fail` what went wrong */
  start(changed: () => void, end: (code: number) => void, fail: (error: unknown) => void): void {
    this.changed = changed;
    this.end = end;
    this.fail = fail;
  }

  get picture(): Omit<CalibrationPicture, 'board'> {
    return { calibration: this.calibration, stands: this.stands, words: this.said() };
  }

  get saving(): boolean {
    return this.mode.kind === 'saving';
  }

  /** Where the values are that are not saved. */
  get keptWords(): string {
    const count = unsaved(this.calibration).length;
    return count === 0 ? 'Everything was saved.' : 'What was not saved is kept here and offered the next time.';
  }

  stopped(fault: string): void {
    this.fail(new LoomError('hardware', `The board stopped (${fault}). ${this.keptWords}`));
  }

  key(text: string | undefined, key: Key): void {
    const { mode } = this;
    if (mode.kind === 'keys') this.command(text, key);
    else if (mode.kind === 'group') this.typeGroup(mode.typed, text, key);
    else if (mode.kind === 'quit') this.answerQuit(text, key);
    else if (mode.kind === 'draft') this.answerDraft(mode.draft, text);
    this.changed();
  }

  private said(): string {
    switch (this.mode.kind) {
      case 'group':
        return `Copy heddle ${this.calibration.cursor + 1} to which? ${this.mode.typed}▏ (12, 5-16 or all; Enter, Esc)`;
      case 'quit':
        return 'Not everything is saved. s saves and quits, q quits and keeps it for the next time, Esc goes back.';
      case 'draft':
        return `Values of ${this.mode.draft.date.slice(0, 16).replace('T', ' ')} were never saved. Take them up? y or n`;
      case 'saving':
        return 'Saving: the heddles are parked meanwhile.';
      default:
        return this.words;
    }
  }

  private command(text: string | undefined, { name = '' }: Key): void {
    const { calibration } = this;
    const goes = goings[name] ?? goings[text ?? ''];
    const edits = editings[name] ?? editings[text ?? ''];
    if (goes) this.goTo(goes(calibration));
    else if (edits) this.edit(edits(calibration));
    else if (text === 'c') this.mode = { kind: 'group', typed: '' };
    else if (text === 't') this.testRow();
    else if (text === 's') void this.save();
    else if (text === 'q') this.quit();
  }

  /** Another heddle or position in hand; the one before goes down again. */
  private goTo(next: Calibration): void {
    const before = this.calibration.cursor;
    this.calibration = next;
    this.words = '';
    if (before !== next.cursor) this.stand(before, 'down');
    this.stand(next.cursor, next.side);
  }

  private edit(next: Calibration): void {
    if (next === this.calibration) {
      this.words = 'No further: that is the end.';
      return;
    }
    this.calibration = next;
    this.words = '';
    keepDraft(this.boardId, unsaved(next));
    for (const [index, side] of this.stands.entries()) this.stand(index, index === next.cursor ? next.side : side);
  }

  private stand(index: number, side: Side): void {
    this.stands[index] = side;
    const us = isMasked(this.calibration, index) ? 0 : width(this.calibration, index, side);
    this.bench.give(index, us).catch((error) => this.failed(error));
  }

  private testRow(): void {
    const [name, lifted] = testRows[this.rows++ % testRows.length];
    this.words = `Test row: ${name}. t shows the next one.`;
    for (const index of this.stands.keys()) this.stand(index, lifted(index) ? 'up' : 'down');
  }

  private typeGroup(typed: string, text: string | undefined, { name }: Key): void {
    if (name === 'escape') this.mode = { kind: 'keys' };
    else if (name === 'backspace') this.mode = { kind: 'group', typed: typed.slice(0, -1) };
    else if (name === 'return') {
      const group = groupOf(typed, this.calibration.now.length);
      this.mode = { kind: 'keys' };
      if (group) this.edit(copyTo(this.calibration, group));
      this.words = group
        ? `Copied to ${group.length} ${group.length === 1 ? 'heddle' : 'heddles'}; z takes it back.`
        : `“${typed}” is no group of heddles from 1 to ${this.calibration.now.length}.`;
    } else if (text && /^[\dal\- –]$/i.test(text)) this.mode = { kind: 'group', typed: (typed + text).slice(0, 12) };
  }

  private quit(): void {
    if (unsaved(this.calibration).length === 0) this.end(exitCodes.done);
    else this.mode = { kind: 'quit' };
  }

  private answerQuit(text: string | undefined, { name }: Key): void {
    if (name === 'escape') this.mode = { kind: 'keys' };
    else if (text === 'q') this.end(exitCodes.done);
    else if (text === 's') void this.save().then((done) => done && this.end(exitCodes.done));
  }

  private answerDraft(draft: CalibrationDraft, text: string | undefined): void {
    if (text !== 'y' && text !== 'n') return;
    this.mode = { kind: 'keys' };
    if (text === 'y') this.edit(takeUp(this.calibration, draft.values));
    else keepDraft(this.boardId, []);
    this.words = text === 'y' ? 'Taken up; s saves them on the board.' : 'Left out: the board’s own values are shown.';
  }

  /** @returns whether everything is saved now */
  private async save(): Promise<boolean> {
    const values = unsaved(this.calibration);
    this.mode = { kind: 'saving' };
    this.changed();
    try {
      if (values.length > 0) await this.bench.save(values);
      this.calibration = saved(this.calibration);
      keepDraft(this.boardId, []);
      this.stands.fill('down');
      this.words = values.length > 0 ? `Saved: ${values.length} values.` : 'Everything was saved already.';
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    } finally {
      this.mode = { kind: 'keys' };
      this.changed();
    }
  }

  /** A refusal is said and nothing is lost; anything else ends the calibration. */
  private failed(error: unknown): void {
    if (error instanceof Refused) this.words = error.message;
    else this.fail(error);
    this.changed();
  }
}
