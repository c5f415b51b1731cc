#!/usr/bin/env node
/** `loom`: the commands and their options. What a command does is loaded when it is used, so that help comes at once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { encodingNames } from '../../patterns/choice';
import { exitCodes, LoomError } from '../errors';
import { packageRoot } from '../paths';
import { addCalibrate } from './calibrate-command';
import { addConsole } from './console-command';
import type { DatasetsCommand } from './datasets';
import { addDraft } from './draft-command';
import { addExport } from './export-command';
import { clothViews } from './export-names';
import { addFlash } from './flash-command';
import { numberList, positiveNumber, wholeNumber } from './options';
import type { PreviewCommand } from './preview';
import { addProfiles } from './profiles-command';
import { addRead } from './read-command';
import { addSettings } from './settings-command';
import { addStructures } from './structures-command';
import { addSuggest } from './suggest-command';
import type { WeaveCommand } from './weave';

const examples = `
Examples:
  $ loom datasets                                        what can be woven
  $ loom preview --dataset manchester-imd-2019 --out cloth.png
  $ loom weave --dataset trafford-turnout-2024           on the emulated board
  $ loom weave --dataset ./my-figures --port auto        on a real loom

Exit codes:
  0 done   1 failed   2 usage   3 configuration   4 dataset   5 hardware not found or lost   6 busy
  130 interrupted (the loom is parked first)

LOOM_HOME is where weaves and journals are kept; LOOM_DEBUG=1 shows where an unexpected error came from.
`;

const weaveHelp = `
Examples:
  $ loom weave --dataset trafford-turnout-2024
  $ loom weave --dataset election-night-2019 --picks 60 --auto 0 --json-lines
  $ loom weave --dataset manchester-imd-2019 --port /dev/ttyACM0 --resume
  $ loom weave --dataset trafford-turnout-2024 --port auto --driver stock
  $ loom weave --draft twill.wif --profile shaft-8 --mend

Keys in a terminal: space next, b unweave, p hold, h hands in the shed, m mask a dead heddle,
q park and quit, ! stop.
Without a terminal the emulated board goes on by itself; a real loom then needs --auto, because the hand stays in charge.

Exit codes: 0 done, 1 failed, 2 usage, 3 configuration, 4 dataset, 5 hardware, 6 busy, 130 interrupted.
`;

const previewHelp = `
Examples:
  $ loom preview --dataset trafford-turnout-2024 --out cloth.png
  $ loom preview --dataset trafford-turnout-2024 --encode bands --out bands.svg

  $ loom preview --dataset twill.wif --view draft --out twill.png

Prints shuttles, changes, picks, minutes, length and grams of yarn. --dataset may also be a .cloth.json or a draft.
A picture that is there already is replaced once the new one is complete.
`;

/** Set by the command that ran. */
let exitCode: number = exitCodes.done;

function program(): Command {
  const loom = new Command('loom')
    .description('Weave data into cloth that can be read back.')
    .version(versionOf(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'loom: ')) });

  weavingOptions(loom.command('weave'), false)
    .description('weave a dataset or a draft, pick by pick')
    .option('--draft <file>', 'a weaver’s draft instead: WIF, DTX, WPO, PBM or PNG, as wide as the loom')
    .option('--mend', 'with --draft: turn crossings over where threads float too far, and list each')
    .option('--port <auto|emulated|path>', 'the loom (default: the emulated board)')
    .addOption(
      new Option('--driver <name>', 'what the board runs: stock is StandardFirmata').choices(['auto', 'loom', 'stock']),
    )
    .option('--firmware <file.hex>', 'what the emulated board runs (default: the loom firmware)')
    .option('--picks <n>', 'stop after pick n, parked', wholeNumber(1))
    .option('--auto <ms>', 'go on by itself: ms from pick to pick, 0 as fast as the loom can', wholeNumber(0))
    .option('--resume', 'go on with the unfinished weave')
    .option('--fresh', 'archive the unfinished weave and start anew')
    .option('--at <n>', 'with --resume: the pick in the shed, where the board cannot say', wholeNumber(1))
    .option('--mask <heddles>', 'dead heddles, like 12,13: a hand lifts their ends', numberList)
    .option('--listen <host:port>', 'where the live display is served (default: 127.0.0.1:8018)')
    .option('--no-display', 'serve no live display')
    .option('--json-lines', 'print one JSON object a line and nothing else')
    .addHelpText('after', weaveHelp)
    .action(async (options: WeaveCommand) => {
      const { weave } = await import('./weave');
      exitCode = await weave(options);
    });

  loom
    .command('datasets')
    .description('list what can be woven: id, title, rows, source, licence')
    .option('--json', 'as JSON')
    .action(async (options: DatasetsCommand) => {
      const { datasets } = await import('./datasets');
      exitCode = await datasets(options, process.stdout);
    });

  weavingOptions(loom.command('preview'))
    .description('draw the whole cloth, and say what weaving it takes')
    .addOption(
      new Option('--view <view>', 'the woven cloth, its drawdown, or the draft (default: cloth)').choices(clothViews),
    )
    .option('--out <file.png|file.svg>', 'the picture (without it: in the terminal)')
    .option('--px <n>', 'pixels a thread (default: 10)', positiveNumber(100))
    .addHelpText('after', previewHelp)
    .action(async (options: PreviewCommand) => {
      const { preview } = await import('./preview');
      exitCode = await preview(options, process.stdout);
    });

  addDraft(loom, (code) => {
    exitCode = code;
  });
  addExport(loom, (code) => {
    exitCode = code;
  });
  addRead(loom, (code) => {
    exitCode = code;
  });
  addFlash(loom, (code) => {
    exitCode = code;
  });

  loom
    .command('ports')
    .description('list the serial ports and what is behind each; opens none')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { ports } = await import('./ports');
      exitCode = await ports(options, process.stdout);
    });

  loom
    .command('doctor')
    .description('look for what would keep a loom from weaving, and say the remedy')
    .option('--port <path>', 'open this port too, which resets the board, and ask who is there')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean; port?: string }) => {
      const { doctor } = await import('./doctor');
      exitCode = await doctor(options, process.stdout);
    });
  const done = (code: number) => {
    exitCode = code;
  };
  addCalibrate(loom, done);
  addConsole(loom, done);
  addSettings(loom, done);
  addProfiles(loom, done);
  addStructures(loom, done);
  addSuggest(loom, done);
  return loom;
}

/** What is woven, how, and on which loom. */
function weavingOptions(command: Command, dataset = true): Command {
  const name = '--dataset <id|folder>';
  const what = 'what is woven: `loom datasets` lists ids';
  return (dataset ? command.requiredOption(name, what) : command.option(name, what))
    .option('--encode <name>', `${encodingNames.join(', ')} (default: as the dataset suggests)`)
    .option('--value <column>', 'the column that is woven')
    .option('--by <column>', 'with bars: the column that colours the weft')
    .option('--profile <name|file>', 'the loom profile (default: exhibition-40)')
    .showHelpAfterError(`\`loom datasets\` lists what can be woven, \`loom ${command.name()} --help\` the options.`);
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** The exit code of an error that a person has been told. */
function tell(error: unknown): number {
  if (error instanceof CommanderError)
    // Commander has written its own sentence; help and version are no errors.
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof LoomError) {
    process.stderr.write(`loom: ${error.message}\n`);
    if (process.env.LOOM_DEBUG === '1') process.stderr.write(`${error.stack}\n`);
    return error.exitCode;
  }
  const words = error instanceof Error ? error.message.split('\n')[0] : String(error);
  process.stderr.write(`loom: Something unexpected happened: ${words}. LOOM_DEBUG=1 shows where.\n`);
  if (process.env.LOOM_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCodes.failed;
}

/** Whoever reads us may go away (`| head`): then the loom is parked as on an interrupt, and nothing is printed any more. */
function outliveReaders(): void {
  let gone = false;
  const leave = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    if (gone) return;
    gone = true;
    if (process.listenerCount('SIGINT') > 0) process.emit('SIGINT', 'SIGINT');
    else process.exit(exitCodes.done);
  };
  process.stdout.on('error', leave);
  process.stderr.on('error', leave);
}

async function main(): Promise<void> {
  outliveReaders();
  try {
    await program().parseAsync();
  } catch (error) {
    exitCode = tell(error);
  }
  // All that was printed is out before the process ends.
  process.stdout.write('', () => process.exit(exitCode));
}

void main();
