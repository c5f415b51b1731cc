/** The keys of a weave in a terminal. */
import { emitKeypressEvents } from 'node:readline';
import type { Weave } from '../weave/weave';
import type { WeaveScreen } from './weave-screen';

/** Listens until the returned function is called. Keys typed while a question is open belong to the question. */
export function listenForKeys(weave: Weave, screen: WeaveScreen): () => void {
  const { stdin } = process;
  const listen = () => {
    stdin.setRawMode(true);
    stdin.resume();
  };
  emitKeypressEvents(stdin);
  listen();
  // A question leaves the input as it found it before the weave.
  screen.onReturn = listen;
  const press = (text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
    if (screen.asking) return;
    if (key.ctrl && key.name === 'c') return void process.emit('SIGINT');
    if (text === '!') return void weave.stop();
    if (screen.typed !== null) return void maskKey(weave, screen, text, key.name);
    if (text === 'm') return void screen.type('');
    if (text === ' ' || key.name === 'return') return void weave.next();
    if (text === 'b') return void weave.turnRound();
    if (text === 'p') return void weave.hold();
    if (text === 'h') return void weave.hands();
    if (text === 'q') return void weave.park();
  };
  stdin.on('keypress', press);
  return () => {
    screen.onReturn = () => {};
    stdin.off('keypress', press);
    stdin.setRawMode(false);
    stdin.pause();
  };
}

/** The number of a heddle is typed: Enter masks it, or drives it again; any key that is no digit gives it up. */
function maskKey(weave: Weave, screen: WeaveScreen, text: string | undefined, name: string | undefined): void {
  const typed = screen.typed ?? '';
  const digit = text !== undefined && /^\d$/.test(text);
  if (digit) screen.type((typed + text).slice(0, 4));
  else if (name === 'backspace') screen.type(typed.slice(0, -1));
  else screen.type(null);
  if (name === 'return' && typed !== '') void weave.mask(Number(typed));
}
