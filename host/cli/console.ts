/** `loom console`: a person, or lines piped in, and the board's serial console. */
import { exitCodes } from '../errors';
import { ConsoleWire } from '../maker/console/wire';
import { openWire } from '../maker/open-wire';
import { ConsolePipe } from './console-pipe';
import { ConsoleTerminal } from './console-terminal';
import type { BoardChoice } from './settings-command';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** @returns the exit code: 1 when a piped line was answered with an error, 130 when it was interrupted, which stops the loom */
export async function console(options: BoardChoice): Promise<number> {
  const { transport, rates, bannerMs, pace } = await openWire(options);
  const wire = new ConsoleWire(transport);
  let interrupt = () => {};
  const interrupted = new Promise<number>((resolve) => {
    interrupt = () => {
      wire.stopLoom();
      resolve(exitCodes.interrupted);
    };
  });
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const rate = await wire.start(rates, bannerMs);
    pace();
    const { stdin, stdout } = process;
    const person = Boolean(stdin.isTTY && stdout.isTTY);
    const session = person
      ? new ConsoleTerminal(wire, `${transport.name}, ${rate.toLocaleString('en-GB')} baud`, interrupt)
      : new ConsolePipe(wire, stdin, stdout);
    return await Promise.race([session.run(), interrupted]).finally(() => session.end());
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
    await wire.stop();
  }
}
