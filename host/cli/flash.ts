/** `loom flash`: writes the loom firmware into a board, through avrdude. */
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
import { colours as pc } from './colours';
import type { FlashCommand } from './flash-command';
import type { Out } from './ports';

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
        return out.write(`before     ${news.board ? boardWords(news.board.hello) : firstSentence(news.words)}\n`);
      case 'signature':
        return out.write(`signature  ${news.signature}, ${news.chip}\n`);
      case 'progress':
        return bar.show(news.doing, news.part, bytes);
    }
  };
}

function flashedWords({ target }: FlashPlan, { board, sameBoard, sameSettings }: Flashed): string {
  const settings =
    sameSettings === null
      ? 'Settings were not compared: no loom of this version answered before.'
      : sameBoard && sameSettings
        ? 'Settings kept.'
        : 'The settings are not what they were before: look at them with loom console, or restore them with loom settings restore.';
  return `after      ${boardWords(board.hello)}\n${pc.green('done')}       The firmware on the ${target.title} answers. ${settings}\n`;
}

function boardWords({ major, minor, boardId, heddles, settings }: Flashed['board']['hello']): string {
  return `loom ${major}.${minor}, board ${hex(boardId, 8)}, ${heddles} heddles, settings ${hex(settings, 4)}`;
}

/** What was seen; what to do about it is being done. */
function firstSentence(words: string): string {
  return words.split(/(?<=[.”])\s/)[0];
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function asJson(plan: FlashPlan, told: readonly FlashNews[], { board, sameBoard, sameSettings }: Flashed): object {
  const { major, minor, protocol, boardId, heddles } = board.hello;
  return {
    port: plan.port,
    hex: plan.hex,
    bytes: plan.bytes,
    signature: told.find((news) => news.type === 'signature')?.signature,
    chip: plan.target.chip,
    firmware: `${major}.${minor}`,
    protocol,
    boardId: hex(boardId, 8),
    heddles,
    rate: board.rate,
    sameBoard,
    settingsKept: sameSettings,
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
    const cells = 40;
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
      process.stderr.write(
        '\nloom: The firmware is being written; leaving now would leave half of it. Ctrl-C again leaves.\n',
      );
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
