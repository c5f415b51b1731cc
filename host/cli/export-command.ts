/** The options of `loom export`. */
import { type Command, Option } from 'commander';
import { encodingNames } from '../../patterns/choice';
import type { ExportCommand } from './export';
import { clothViews, exportFormats } from './export-names';
import { positiveNumber } from './options';

const help = `
Examples:
  $ loom export --dataset trafford-turnout-2024 --to wif --out turnout.wif
  $ loom export --dataset trafford-turnout-2024 --to cloth --out turnout.cloth.json
  $ loom export --dataset turnout.cloth.json --to png --view draft --out draft.png
  $ loom export --dataset twill.wif --to pbm --out twill.pbm
  $ loom export --dataset trafford-turnout-2024 --to label --out label.pdf --report loom@example.org

wif and dtx are for weaving programs; cloth is complete, and loom read gets the data back from it;
label is the care label to hang beside it: .html, .txt, or .pdf where there is a Chromium to print it;
pbm is plain P1: the top row is the last pick, the left is end 1, 1 is warp up.
A file that is there already is replaced once the new one is complete; the file that is read never is.

Exit codes: 0 written, 1 cannot be written, 2 usage, 3 configuration, 4 the dataset or file cannot be read.
`;

export function addExport(loom: Command, done: (exitCode: number) => void): void {
  loom
    .command('export')
    .description('write a cloth or a draft as a file for other programs')
    .requiredOption('--dataset <id|folder|file>', 'a dataset, a .cloth.json, or a draft: WIF, DTX, WPO, PBM, PNG')
    .addOption(new Option('--to <format>', 'what is written').choices(exportFormats).makeOptionMandatory())
    .requiredOption('--out <file>', 'where it is written')
    .option('--encode <name>', `${encodingNames.join(', ')} (default: as the dataset suggests)`)
    .option('--value <column>', 'the column that is woven')
    .option('--by <column>', 'with bars: the column that colours the weft')
    .option('--profile <name|file>', 'the loom profile (default: exhibition-40)')
    .addOption(new Option('--view <view>', 'with png and svg (default: cloth)').choices(clothViews))
    .option('--px <n>', 'with png and svg: pixels a thread (default: 10)', positiveNumber(100))
    .option('--woven <journal>', 'with label: the journal of its weave, for the days')
    .option('--report <words>', 'with label: whom to tell of an error (default: the source)')
    .option('--link <address>', 'with label: what the QR code opens (default: the source)')
    .showHelpAfterError('`loom datasets` lists what can be woven, `loom export --help` the options.')
    .addHelpText('after', help)
    .action(async (options: ExportCommand) => {
      const { exportCloth } = await import('./export');
      done(await exportCloth(options, process.stdout));
    });
}
