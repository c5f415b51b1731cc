/** `loom flash`: writes the loom firmware into a board, through avrdude. */
import type { BoardFacts } from '../board/driver';
import { LoomError } from '../errors';
import { firmwareFile } from '../flash/firmware-file';
import {
  type Flashed,
  type FlashNews,
  type FlashPlan,
  flash as flashBoard,
  type Leaving,
  planAt,
  planFlash,
} from '../flash/flash';
import { flashTargets } from '../flash/targets';
import { changeLines } from '../maker/change-words';
import { idWords } from '../maker/image';
import { colours as pc } from './colours';
import type { FlashCommand } from './flash-command';
import type { Out } from './ports';
import { terminalWidth } from './terminal';

/** @returns the exit code */
export async function flash(command: FlashCommand, out: Out): Promise<number> {
  if (command.dryRun) return dryRun(command, out);
  const plan = await planFlash(command.board, command.port, command.hex);
  const told: FlashNews[] = [];
  const show = command.json ? (news: FlashNews) => told.push(news) : inWords(plan, out);
  const interruption = new LetItEnd();
  interruption.start();
  try {
    const flashed = await flashBoard(plan, show, interruption);
    out.write(command.json ? `${JSON.stringify(asJson(plan, told, flashed), null, 2)}\n` : flashedWords(plan, flashed));
    return 0;
  } finally {
    interruption.stop();
  }
}

/** The commands for a port that may not be there yet. */
async function dryRun({ board, port, hex, json }: FlashCommand, out: Out): Promise<number> {
  const plan = await planFlash(board, port, hex).catch((error: unknown) => {
    if (port !== 'auto' || !(error instanceof LoomError) || error.kind === 'configuration') throw error;
    const target = flashTargets[board];
    const file = firmwareFile(target, hex);
    return planAt(target, 'PORT', file.path, file.bytes);
  });
  const { commands, bytes, target } = plan;
  out.write(
    json
      ? `${JSON.stringify({ board, port: plan.port, hex: plan.hex, bytes, commands }, null, 2)}\n`
      : `# reads the signature, which must be ${target.signature} (${target.chip})\n${commands.signature}\n` +
          `# writes ${bytes} bytes of ${target.room} and reads them back\n${commands.write}\n`,
  );
  return 0;
}

function inWords({ port, target, bytes }: FlashPlan, out: Out): (news: FlashNews) => void {
  out.write(`${port}: flashing as ${target.title}\n`);
  const bar = new Bar(out);
  return (news) => {
    switch (news.type) {
      case 'warning':
        return out.write(`${pc.yellow('note')}       ${news.words}\n`);
      case 'before':
        return out.write(`before     ${news.board ? boardWords(news.board.facts) : firstSentence(news.words)}\n`);
      case 'signature':
        return out.write(`signature  ${news.signature}, ${news.chip}\n`);
      case 'progress':
        return bar.show(news.doing, news.part, bytes);
    }
  };
}

function flashedWords({ target }: FlashPlan, flashed: Flashed): string {
  const { facts } = flashed.board;
  return `after      ${boardWords(facts)}\n${settingsWords(flashed)}${pc.green('done')}       The firmware on the ${target.title} answers.\n`;
}

function settingsWords({ compared, changes }: Flashed): string {
  if (compared === null) return '';
  const against = compared === 'before' ? 'as they were before' : 'as in the copy kept of this board';
  if (changes.length === 0) return `settings   ${against}\n`;
  const lines = changeLines(changes).map((line) => `           ${line}\n`);
  return `${pc.yellow('settings')}   not ${against}; loom settings restore brings them back:\n${lines.join('')}`;
}

function boardWords({ firmware, boardId, heddles, outputs }: BoardFacts): string {
  return `loom ${firmware}, board ${idWords(boardId)}, ${heddles} heddles on ${outputs}`;
}

/** What was seen; what to do about it is being done. */
function firstSentence(words: string): string {
  return words.split(/(?<=[.”])\s/)[0];
}

function asJson(plan: FlashPlan, told: readonly FlashNews[], { board, compared, changes }: Flashed): object {
  const { firmware, mcu, boardId, heddles, outputs, rate } = board.facts;
  return {
    port: plan.port,
    hex: plan.hex,
    bytes: plan.bytes,
    signature: told.find((news) => news.type === 'signature')?.signature,
    board: { id: idWords(boardId), firmware, mcu, heddles, outputs, rate },
    settings: {
      compared,
      changes: changes.map(({ setting, index, was, becomes }) => ({ setting: setting.name, index, was, becomes })),
    },
    warnings: told.flatMap((news) => (news.type === 'warning' ? [news.words] : [])),
  };
}

/** A bar that is redrawn in a terminal; elsewhere a line when something begins and its end. */
class Bar {
  private doing = '';

  constructor(private readonly out: Out) {}

  show(doing: string, part: number, bytes: number): void {
    const began = doing !== this.doing;
    this.doing = doing;
    if (!process.stdout.isTTY) {
      if (began) this.out.write(`${doing.padEnd(10)} ${bytes} bytes\n`);
      return;
    }
    const cells = Math.max(10, Math.min(40, terminalWidth() - 20));
    const full = Math.round(part * cells);
    const drawn = `${'█'.repeat(full)}${'░'.repeat(cells - full)} ${String(Math.round(part * 100)).padStart(3)} %`;
    this.out.write(`\r${doing.padEnd(10)} ${drawn}${part === 1 ? '\n' : ''}`);
  }
}

/** Ctrl-C while the flash is being written would leave half a firmware: the first is answered, the second obeyed. */
class LetItEnd implements Leaving {
  private end: (() => void) | null = null;
  private asked = false;
  private readonly onSignal = () => {
    if (this.end && !this.asked) {
      this.asked = true;
      process.stderr.write('\nloom: The firmware is being written; half of it is none. Ctrl-C again leaves.\n');
      return;
    }
    this.end?.();
    process.exit(130);
  };

  start(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, this.onSignal);
  }

  stop(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, this.onSignal);
  }

  writing(end: (() => void) | null): void {
    this.end = end;
  }
}
