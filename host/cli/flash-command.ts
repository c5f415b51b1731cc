/** Options and help of `loom flash`, apart from what it does, so that help comes at once. */
import { type Command, Option } from 'commander';
import type { FlashBoard } from '../flash/targets';

export interface FlashCommand {
  readonly board: FlashBoard;
  readonly port: string;
  readonly hex?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const boards: readonly FlashBoard[] = ['uno', 'nano', 'nano-old', 'mega'];

const help = `
What happens: the weave's lock is looked at, the chip's signature is read and named, the firmware is written and read back,
and then it is asked for its version. Settings are kept: they are in the EEPROM, which is never touched.

  --board uno        Arduino Uno R3 and before, and its clones
  --board nano       Arduino Nano sold since 2018 (the Uno's bootloader)
  --board nano-old   older Nanos and most clones (the old bootloader, 57,600 baud)
  --board mega       Arduino Mega 2560

Examples:
  $ loom flash --board uno                            the one Uno that is plugged in
  $ loom flash --board nano-old --port /dev/ttyUSB0
  $ loom flash --board uno --dry-run                  print the avrdude commands and do nothing

Needs avrdude (Debian, Ubuntu: sudo apt install avrdude). More in docs/flashing.md.
`;

/** @param done hears the exit code */
export function addFlash(loom: Command, done: (exitCode: number) => void): void {
  loom
    .command('flash')
    .description('write the loom firmware into a board, through avrdude')
    .addOption(new Option('--board <board>', 'which board').choices(boards).makeOptionMandatory())
    .option('--port <auto|path>', 'where it is', 'auto')
    .option('--hex <file>', 'a firmware of your own (default: the one that came with this program)')
    .option('--dry-run', 'print the avrdude commands and do nothing')
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async (options: FlashCommand) => {
      const { flash } = await import('./flash');
      done(await flash(options, process.stdout));
    });
}
