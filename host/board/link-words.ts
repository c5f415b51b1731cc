/** What the statistics of a link mean, in words that tell a cable from a processor and both from a supply. Pure. */
import type { LinkStatistics } from './driver';

export interface LinkFinding {
  /**
   * cable: bytes change on their way · processor: the board did not keep up · host: answers come late · power: the supply
   * gives way · restarts: reset line or firmware · i2c: the wires to the PCA9685 boards · port: USB
   */
  readonly what: 'cable' | 'processor' | 'host' | 'power' | 'restarts' | 'i2c' | 'port';
  /** what was seen, and what to do */
  readonly words: string;
}

/** An answer later than this is noticed by nobody, but shows that the computer, or a hub between, is busy; ms. */
const late = 100;
/** Messages spoilt by one byte that overran: its own, and the one that is taken for its rest. */
const spoiltByOverrun = 2;

/** What is wrong with the link, the worst first; nothing for a good one. */
export function linkFindings(stats: LinkStatistics): LinkFinding[] {
  return [power(stats), restarts(stats), port(stats), i2c(stats), processor(stats), cable(stats), host(stats)].filter(
    (finding) => finding !== null,
  );
}

/** The findings as sentences, or one that says that all is well. */
export function linkWords(stats: LinkStatistics): string {
  const findings = linkFindings(stats);
  if (findings.length > 0) return findings.map(({ words }) => words).join(' ');
  const again = stats.resent === 0 ? 'none sent again' : `${stats.resent} sent again`;
  return `The link is good: ${of(stats.sent, 'message')}, ${again}, ${Math.round(stats.roundTripMs)} ms for an answer.`;
}

/** Errors of any kind: grows whenever something went wrong. */
export function troubles(stats: LinkStatistics): number {
  const { crcErrors, frameErrors, overruns, falseStops, i2cErrors, unplugged, resets } = stats;
  const starts = resets.power + resets.line + resets.watchdog;
  return crcErrors + frameErrors + overruns + falseStops + i2cErrors + unplugged + starts;
}

function cable({ crcErrors, frameErrors, falseStops, overruns, sent }: LinkStatistics): LinkFinding | null {
  // A byte that overran spoils messages too; only what is left over was the cable.
  if (crcErrors + frameErrors + falseStops <= spoiltByOverrun * overruns) return null;
  const seen = [
    crcErrors > 0 && of(crcErrors, 'CRC error'),
    frameErrors > 0 && of(frameErrors, 'frame error'),
    falseStops > 0 && `${of(falseStops, 'stop')} that nobody asked for`,
  ].filter((part) => part !== false);
  return {
    what: 'cable',
    words:
      `The cable or its connector damages bytes: ${list(seen)} in ${of(sent, 'message')}. ` +
      'Try a shorter, shielded cable, lay it away from the servo leads, or set a lower rate.',
  };
}

function processor({ overruns }: LinkStatistics): LinkFinding | null {
  if (overruns === 0) return null;
  return {
    what: 'processor',
    words:
      `The board did not keep up: ${of(overruns, 'byte')} overran. The cable is not to blame. ` +
      'Set a lower rate, use fewer LEDs, or let no other program talk to the board.',
  };
}

function host({ crcErrors, frameErrors, overruns, resent, sent, roundTripMs }: LinkStatistics): LinkFinding | null {
  if (roundTripMs > late)
    return {
      what: 'host',
      words:
        `Answers take ${Math.round(roundTripMs)} ms: this computer or a USB hub is busy. ` +
        'Plug the board in directly, and end what else runs.',
    };
  // Damage explains what was sent again; without it answers failed to come in time.
  const damaged = crcErrors + frameErrors + overruns;
  if (damaged > resent / 10 || resent <= Math.max(10, sent / 100)) return null;
  return {
    what: 'host',
    words:
      `${of(resent, 'message')} of ${sent.toLocaleString('en-GB')} had to be sent again, though hardly any arrived damaged: answers are lost or late. ` +
      'Does another program read this port? Is this computer, or a USB hub, overloaded?',
  };
}

function power({ resets }: LinkStatistics): LinkFinding | null {
  if (resets.power === 0) return null;
  return {
    what: 'power',
    words:
      `The board lost its power ${times(resets.power)}: servos that start together pull the supply down. ` +
      'Feed the servos from a supply of their own with a common ground, check its fuse and leads, or let fewer heddles start at once (move.k).',
  };
}

function restarts({ resets }: LinkStatistics): LinkFinding | null {
  const { line, watchdog } = resets;
  if (line + watchdog === 0) return null;
  const seen = [
    line > 0 && `by its reset line or button ${times(line)}`,
    watchdog > 0 && `by its watchdog ${times(watchdog)}`,
  ].filter((part) => part !== false);
  const more =
    watchdog > 0
      ? 'A watchdog restart is a fault of the firmware: flash the newest, and report it.'
      : 'A program that opens the port does that too.';
  return { what: 'restarts', words: `The board was started again ${list(seen)}. ${more}` };
}

function i2c({ i2cErrors }: LinkStatistics): LinkFinding | null {
  if (i2cErrors === 0) return null;
  return {
    what: 'i2c',
    words:
      `${of(i2cErrors, 'transfer')} to the PCA9685 boards failed. ` +
      'Check SDA, SCL and ground, and that one board alone carries the pull-ups.',
  };
}

function port({ unplugged }: LinkStatistics): LinkFinding | null {
  if (unplugged === 0) return null;
  return {
    what: 'port',
    words: `The port went away ${times(unplugged)}. Use another cable or socket, and fix the plug so that nobody can pull it.`,
  };
}

function of(count: number, one: string): string {
  return `${count.toLocaleString('en-GB')} ${one}${count === 1 ? '' : 's'}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count.toLocaleString('en-GB')} times`;
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
