/** Which firmware answers at a port, and which board it is: a HELLO, before and after flashing. */
import { randomInt } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { type Hello, openSession } from '../board/hello';
import { Listener } from '../board/listener';
import { rememberBoard, rememberedBoards } from '../board/remembered';
import { SerialTransport } from '../board/serial-transport';
import { LoomError } from '../errors';

export interface Answering {
  readonly hello: Hello;
  /** baud at which it answered */
  readonly rate: number;
}

const rates = [57600, 115200, 250000];
/** Opening the port resets the board; its bootloader listens for a second or two first. */
const bannerMs = 2500;

/**
 * Opens the port, which resets the board, and asks who is there.
 * @throws LoomError hardware when no loom answers, saying what was heard; configuration when it speaks another protocol; what
 * SerialTransport throws when the port does not open
 */
export async function askBoard(port: string): Promise<Answering> {
  const answer = await askIfAny(port);
  if (answer instanceof LoomError) throw answer;
  return answer;
}

/** As askBoard, but that no loom of ours answers is an answer too: the error that says what was heard instead. */
export async function askIfAny(port: string): Promise<Answering | LoomError> {
  const known = rememberedBoards().find(({ path }) => path === realPath(port));
  const ordered = [...new Set([known?.rate ?? rates[0], ...rates])];
  const transport = new SerialTransport({ path: port, rate: ordered[0] });
  const listener = new Listener(transport);
  listener.start();
  try {
    await transport.start();
    return await openSession(transport, listener, { rates: ordered, bannerMs, nonce: randomInt(0x10000) }).catch(
      silent,
    );
  } finally {
    listener.stop();
    await transport.stop();
  }
}

function silent(error: unknown): LoomError {
  if (error instanceof LoomError) return error;
  throw error;
}

/** So that the next `--port auto` finds it at once. Pseudo terminals are no places to look again. */
export function rememberFlashed(port: string, { hello, rate }: Answering): void {
  const path = realPath(port);
  if (path.startsWith('/dev/pts/')) return;
  const { boardId, heddles } = hello;
  rememberBoard({ path, boardId, rate, firmware: `${hello.major}.${hello.minor}`, heddles });
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
