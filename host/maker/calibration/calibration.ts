/** A calibration in progress: each heddle's widths, changed step by step and undone step by step. Pure. */
import type { SettingValue } from '../image';
import { settingNamed } from '../names';

export type Side = 'up' | 'down';

/** What one heddle has of its own. Widths in µs, 0 = the loom's own (servo.up, servo.down). */
export interface Heddle {
  readonly up: number;
  readonly down: number;
  /** its output; the setting's special value when it is masked */
  readonly output: number;
}

export interface Calibration {
  /** widths of heddles that have none of their own, µs */
  readonly usual: Readonly<Record<Side, number>>;
  /** as the board has it saved */
  readonly saved: readonly Heddle[];
  readonly now: readonly Heddle[];
  /** what `now` was before each change, the latest last */
  readonly past: readonly (readonly Heddle[])[];
  /** index of the heddle in hand */
  readonly cursor: number;
  /** the position in hand */
  readonly side: Side;
}

const { min, max, step = 1 } = settingNamed('up');
/** Output of a heddle that nothing drives. */
export const masked = settingNamed('output').special?.value ?? 0xffff;
const mostSteps = 500;

/** From the settings of a board, read whole. */
export function calibrationOf(values: readonly SettingValue[]): Calibration {
  const scalar = (name: string) => values.find(({ setting }) => setting === settingNamed(name).id)?.value ?? 0;
  const each = (name: string) => {
    const { id } = settingNamed(name);
    return values.filter(({ setting }) => setting === id).map(({ value }) => value);
  };
  const [up, down, output] = [each('up'), each('down'), each('output')];
  const saved = up.map((width, index) => ({ up: width, down: down[index], output: output[index] }));
  const usual = { up: scalar('servo.up'), down: scalar('servo.down') };
  return { usual, saved, now: saved, past: [], cursor: 0, side: 'down' };
}

/** The pulse that a heddle gets in a position, µs. */
export function width({ usual, now }: Calibration, index: number, side: Side): number {
  return now[index][side] || usual[side];
}

export function isMasked({ now }: Calibration, index: number): boolean {
  return now[index].output === masked;
}

export function isChanged({ now, saved }: Calibration, index: number): boolean {
  const [a, b] = [now[index], saved[index]];
  return a.up !== b.up || a.down !== b.down || a.output !== b.output;
}

/** The heddle so many further on; stops at both ends. */
export function move(calibration: Calibration, by: number): Calibration {
  const last = calibration.now.length - 1;
  return { ...calibration, cursor: Math.min(last, Math.max(0, calibration.cursor + by)), side: 'down' };
}

export function turn(calibration: Calibration, side: Side): Calibration {
  return { ...calibration, side };
}

/** The position in hand, so many µs wider or narrower, within what a servo may get. */
export function adjust(calibration: Calibration, us: number): Calibration {
  const { cursor, side } = calibration;
  const wanted = width(calibration, cursor, side) + us;
  const steps = Math.round((Math.min(max, Math.max(min, wanted)) - min) / step);
  return changed(calibration, cursor, { [side]: min + steps * step });
}

/** Both widths of the heddle in hand, on others too. */
export function copyTo(calibration: Calibration, indices: readonly number[]): Calibration {
  const { up, down } = calibration.now[calibration.cursor];
  return replaced(
    calibration,
    calibration.now.map((heddle, index) => (indices.includes(index) ? { ...heddle, up, down } : heddle)),
  );
}

/** Takes the heddle in hand off its output, or puts it back on the one that it had. */
export function mask(calibration: Calibration): Calibration {
  const { cursor, saved } = calibration;
  const home = saved[cursor].output === masked ? ruled(calibration, cursor) : saved[cursor].output;
  return changed(calibration, cursor, { output: isMasked(calibration, cursor) ? home : masked });
}

/** The output that the neighbours' say: they stand in a row. */
function ruled({ saved }: Calibration, cursor: number): number {
  const other = saved.findIndex(({ output }) => output !== masked);
  return other < 0 ? cursor : saved[other].output + cursor - other;
}

export function undo(calibration: Calibration): Calibration {
  const { past } = calibration;
  const before = past.at(-1);
  return before ? { ...calibration, now: before, past: past.slice(0, -1) } : calibration;
}

/** Every setting that is not as it is saved. */
export function unsaved(calibration: Calibration): SettingValue[] {
  const { now, saved } = calibration;
  return now.flatMap((heddle, index) =>
    (['up', 'down', 'output'] as const)
      .filter((name) => heddle[name] !== saved[index][name])
      .map((name) => ({ setting: settingNamed(name).id, index, value: heddle[name] })),
  );
}

/** Values of an earlier calibration that were never saved, taken up; those of heddles that there are not are left out. */
export function takeUp(calibration: Calibration, values: readonly SettingValue[]): Calibration {
  const now = calibration.now.map((heddle, index) => {
    const own = values.filter((value) => value.index === index);
    const of = (name: keyof Heddle) =>
      own.find(({ setting }) => setting === settingNamed(name).id)?.value ?? heddle[name];
    return { up: of('up'), down: of('down'), output: of('output') };
  });
  return replaced(calibration, now);
}

/** What is now is what the board has saved. */
export function saved(calibration: Calibration): Calibration {
  return { ...calibration, saved: calibration.now, past: [] };
}

/** Heddles of a group typed as people do: `12`, `5-16`, `all`. @returns indices, or null when it is none */
export function groupOf(text: string, heddles: number): number[] | null {
  const all = Array.from({ length: heddles }, (_, index) => index);
  if (/^\s*(all|a)\s*$/i.test(text)) return all;
  const range = /^\s*(\d{1,4})\s*(?:[-–]\s*(\d{1,4})\s*)?$/.exec(text);
  if (!range) return null;
  const from = Number(range[1]);
  const to = Number(range[2] ?? range[1]);
  return from >= 1 && to >= from && to <= heddles ? all.slice(from - 1, to) : null;
}

function changed(calibration: Calibration, index: number, change: Partial<Heddle>): Calibration {
  return replaced(calibration, calibration.now.with(index, { ...calibration.now[index], ...change }));
}

function replaced(calibration: Calibration, now: readonly Heddle[]): Calibration {
  const same = now.every((heddle, index) => {
    const was = calibration.now[index];
    return heddle.up === was.up && heddle.down === was.down && heddle.output === was.output;
  });
  if (same) return calibration;
  return { ...calibration, now, past: [...calibration.past, calibration.now].slice(-mostSteps) };
}
