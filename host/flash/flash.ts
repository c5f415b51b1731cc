/**
 * Flashing a board, step by step: nothing that is open is disturbed, the signature is read before anything is written, and the
 * firmware that was written is asked for its version afterwards.
 */
import { realpathSync } from 'node:fs';
import { attachedPorts } from '../board/find';
import { portError } from '../board/port-error';
import { foreignHolders } from '../board/port-holders';
import { portLockPath } from '../board/port-lock';
import { LoomError } from '../errors';
import { lock } from '../lock';
import { type Change, changes } from '../maker/image';
import { type KeptImage, keepImage, keptImages, newestOf } from '../maker/kept';
import {
  type AvrdudeRun,
  commandLine,
  findAvrdude,
  runAvrdude,
  signatureArguments,
  signatureIn,
  writeArguments,
} from './avrdude';
import { wrongChip } from './chips';
import { avrdudeFailure } from './failure';
import { firmwareFile } from './firmware-file';
import { type Answering, askBoard, askIfAny } from './on-board';
import { refuseOpenWeaves, unfinishedWeaves } from './open-weaves';
import { portToFlash } from './port';
import type { Progress } from './progress';
import { type FlashBoard, type FlashTarget, flashTargets } from './targets';

export interface FlashPlan {
  readonly target: FlashTarget;
  readonly port: string;
  readonly hex: string;
  /** bytes of flash that the firmware takes */
  readonly bytes: number;
  /** as a person can paste them, in this order */
  readonly commands: { readonly signature: string; readonly write: string };
}

export type FlashNews =
  | { readonly type: 'warning'; readonly words: string }
  /** who answered before; null when no loom did, with what was heard instead */
  | { readonly type: 'before'; readonly board: Answering | null; readonly words: string }
  | { readonly type: 'signature'; readonly signature: string; readonly chip: string }
  | ({ readonly type: 'progress' } & Progress);

export interface Flashed {
  readonly board: Answering;
  /** what the settings were held against: those read before, or else the copy kept of this board; null = nothing known */
  readonly compared: 'before' | 'kept copy' | null;
  /** settings that are not what they were; new ones do not count */
  readonly changes: readonly Change[];
}

/** A writing that somebody wants to leave: see `flash`. */
export interface Leaving {
  /** called with a function that ends avrdude when writing begins, with null when it is over */
  writing(end: (() => void) | null): void;
}

/**
 * What would be done; opens nothing.
 * @param port path, or `auto`
 * @param hex the firmware that came with this program when left out
 * @throws LoomError configuration (the file), hardware or usage (the port)
 */
export async function planFlash(board: FlashBoard, port: string, hex?: string): Promise<FlashPlan> {
  const target = flashTargets[board];
  const file = firmwareFile(target, hex);
  return planAt(target, portToFlash(board, port, await attachedPorts()), file.path, file.bytes);
}

/** @param port where it is known, or a word in its place */
export function planAt(target: FlashTarget, port: string, hex: string, bytes: number): FlashPlan {
  const line = (args: readonly string[]) => commandLine(['avrdude', ...args]);
  const commands = {
    signature: line(signatureArguments(target, port)),
    write: line(writeArguments(target, port, hex)),
  };
  return { target, port, hex, bytes, commands };
}

/**
 * Flashes. The port is locked as for a weave while avrdude has it.
 * @throws LoomError busy (a weave, or another program), hardware (no avrdude, no bootloader, another chip, no loom afterwards)
 */
export async function flash(plan: FlashPlan, tell: (news: FlashNews) => void, leaving?: Leaving): Promise<Flashed> {
  const { target, port, hex } = plan;
  const avrdude = findAvrdude();
  if (!avrdude) throw noAvrdude(plan);
  const path = realPathOf(port);
  refuseOpenWeaves();
  refuseOtherPrograms(port, path);
  for (const words of unfinishedWeaves()) tell({ type: 'warning', words });

  const copies = keptImages();
  const before = await askIfAny(port);
  const known = before instanceof LoomError ? null : before;
  tell({ type: 'before', board: known, words: before instanceof LoomError ? before.message : '' });

  await locked(port, path, async () => {
    const read = await runAvrdude(avrdude, signatureArguments(target, port));
    const signature = signatureOf(read, plan);
    tell({ type: 'signature', signature, chip: target.chip });
    const progress = (news: Progress) => tell({ type: 'progress', ...news });
    const wrote = await runAvrdude(avrdude, writeArguments(target, port, hex), progress, (end) =>
      leaving?.writing(end),
    );
    leaving?.writing(null);
    if (wrote.code !== 0) throw avrdudeFailure(wrote.said, port, target, /Writing \|/.test(wrote.said));
  });

  const board = await askAfter(plan);
  return compare(board, known, copies);
}

/** What became of the settings. Lost ones are not kept, or the copy that could restore them would no longer be the newest. */
export function compare(board: Answering, before: Answering | null, copies: readonly KeptImage[]): Flashed {
  const { boardId, settingsVersion } = board.facts;
  const copy = copies.find((image) => image.boardId === boardId)?.file;
  const values = before?.image.values ?? copy?.values ?? [];
  const changed = changes(values, board.image.values).filter(({ was }) => was !== null);
  if (changed.length === 0 && newestOf(boardId)?.file.origin.version !== settingsVersion) keepImage(board.image);
  return { board, compared: before ? 'before' : copy ? 'kept copy' : null, changes: changed };
}

/** The port's lock is ours while avrdude, which knows nothing of it, has the port. */
async function locked(port: string, path: string, work: () => Promise<void>): Promise<void> {
  const held = lock(portLockPath(path), port);
  try {
    await work();
  } finally {
    held.release();
  }
}

/** A serial monitor would eat what avrdude is to hear. */
function refuseOtherPrograms(port: string, path: string): void {
  const [holder] = foreignHolders(path);
  if (holder) throw new LoomError('busy', `${port} is in use by ${holder}. Close that one first.`);
}

function realPathOf(port: string): string {
  try {
    return realpathSync(port);
  } catch (error) {
    throw portError(port, port, error as Error);
  }
}

function signatureOf({ code, said }: AvrdudeRun, { port, target }: FlashPlan): string {
  const signature = signatureIn(said);
  const wrong = signature && wrongChip(signature, target);
  if (wrong) throw new LoomError('hardware', wrong);
  if (!signature || code !== 0) throw avrdudeFailure(said, port, target, false);
  return signature;
}

async function askAfter({ port, hex }: FlashPlan): Promise<Answering> {
  try {
    return await askBoard(port, false);
  } catch (error) {
    if (!(error instanceof LoomError) || error.kind === 'busy') throw error;
    throw new LoomError(error.kind, `${hex} was written and reads back as it was sent, but: ${error.message}`, {
      cause: error,
    });
  }
}

function noAvrdude({ commands }: FlashPlan): LoomError {
  return new LoomError(
    'hardware',
    `avrdude is not installed (Debian, Ubuntu: sudo apt install avrdude). Where there is one, this writes the firmware:\n  ${commands.write}`,
  );
}
