/** Opens a session: waits for the banner, says HELLO at each rate, and says what was seen when no loom answers. */
import { type BoardFields, decodeBoard, encodeHost, nameOf } from '../../protocol/wire';
import { helloSeed, protocolVersion, refusals } from '../../protocol/wire.table';
import { LoomError } from '../errors';
import type { Listener } from './listener';
import { SessionEnded } from './refused';
import type { Transport } from './transport';

export interface HelloOptions {
  /** rates to try, baud, the likeliest first; the port is open at the first */
  readonly rates: readonly number[];
  /** ms to wait for a banner; a board that was not reset never sends one */
  readonly bannerMs: number;
  /** random, 16 bit */
  readonly nonce: number;
}
export type Hello = BoardFields<'HELLO'>;

const tries = 5;
const answerMs = 250;

/**
 * @returns the board's HELLO and the rate that it came at
 * @throws LoomError hardware (nothing there, or not a loom) or configuration (another protocol version)
 */
export async function openSession(
  transport: Transport,
  listener: Listener,
  { rates, bannerMs, nonce }: HelloOptions,
): Promise<{ hello: Hello; rate: number }> {
  listener.forget();
  const since = transport.now();
  if (bannerMs > 0) await next(transport, listener, bannerMs, { banner: true });
  for (const [at, rate] of rates.entries()) {
    if (at > 0) await transport.setRate(rate);
    const frame = encodeHost('HELLO', 0, { protocol: protocolVersion, nonce }, helloSeed);
    for (let attempt = 0; attempt < tries; attempt++) {
      transport.write(frame);
      // A banner now means that the board was still starting and has not heard us: ask again at once.
      const answer = await next(transport, listener, answerMs, { nonce, banner: true });
      if (answer === 'banner' || answer === null) continue;
      if (answer.protocol !== protocolVersion) throw otherProtocol(transport.name, answer);
      return { hello: answer, rate };
    }
    // Its name was readable, so this was the right rate.
    if (listener.heard.firmware) break;
  }
  if (rates.length > 1) await transport.setRate(rates[0]);
  throw notALoom(transport, listener, rates, transport.now() - since);
}

interface Awaited {
  readonly nonce?: number;
  readonly banner: boolean;
}

/** The board's HELLO with our nonce, or that a banner came; null when `ms` pass. */
function next(
  transport: Transport,
  listener: Listener,
  ms: number,
  { nonce }: Awaited,
): Promise<Hello | 'banner' | null> {
  return new Promise((resolve, reject) => {
    const done = (then: () => void) => {
      timer.cancel();
      transport.off('lost', onLost);
      listener.off('loom', onLoom).off('banner', onBanner);
      then();
    };
    const onBanner = () => done(() => resolve('banner'));
    const onLost = (why: string) => done(() => reject(new SessionEnded(why)));
    const onLoom = (packed: Uint8Array) => {
      const frame = decodeBoard(packed, helloSeed);
      if (typeof frame === 'string' || nonce === undefined) return;
      if (frame.name === 'HELLO' && frame.fields.nonce === nonce) done(() => resolve(frame.fields));
      if (frame.name === 'NAK' && nameOf(refusals, frame.fields.reason) === 'protocol')
        done(() => reject(otherProtocol(transport.name, undefined, listener.heard.firmware)));
    };
    const timer = transport.after(ms, () => done(() => resolve(null)));
    transport.on('lost', onLost);
    listener.on('loom', onLoom).on('banner', onBanner);
  });
}

function otherProtocol(port: string, hello?: Hello, banner?: string | null): LoomError {
  const theirs = hello
    ? `firmware ${hello.major}.${hello.minor} speaks protocol ${hello.protocol}`
    : `its firmware${banner ? ` (${banner})` : ''} another`;
  return new LoomError(
    'configuration',
    `The loom at ${port} and this program do not understand each other: we speak protocol ${protocolVersion}, ${theirs}. ` +
      'Flash the firmware that came with this program (loom flash).',
  );
}

/** What was seen instead of a loom, and what to do next. `ms`: how long was listened. */
export function notALoom(transport: Transport, { heard }: Listener, rates: readonly number[], ms: number): LoomError {
  const port = transport.name;
  const tried = rates.map((rate) => rate.toLocaleString('en-GB')).join(', ');
  const flash = 'Flash the loom firmware, or choose another port (loom ports lists them).';
  const say = (words: string) => new LoomError('hardware', words);
  if (heard.firmware?.startsWith('loom'))
    return say(
      `The firmware “${heard.firmware}” at ${port} does not answer this program. Flash the firmware that came with it.`,
    );
  if (heard.firmware?.startsWith('StandardFirmata'))
    return say(
      `${port} runs “${heard.firmware}”, not the loom firmware. It can weave as it is with --driver stock, which promises less and says what; or flash the loom firmware.`,
    );
  if (heard.firmware) return say(`${port} is not a loom: its firmware calls itself “${heard.firmware}”. ${flash}`);
  if (heard.bytes === 0)
    return say(
      `${port} does not answer: nothing came in ${(ms / 1000).toFixed(1)} s at ${tried} baud. ` +
        'Check the cable and the power, or choose another port (loom ports lists them).',
    );
  if (heard.lines.length > 0 && heard.lines.every((line) => /^[\t\x20-\x7e]+$/.test(line)))
    return say(`${port} is not a loom: it says “${heard.lines[0].slice(0, 60)}”. ${flash}`);
  return say(
    `${port} sends ${heard.bytes} bytes that make no sense at ${tried} baud: it runs at another rate or is not a loom. ${flash}`,
  );
}
