/** `loom calibrate`: heddle by heddle with the arrow keys, at the loom. */
import { emitKeypressEvents } from 'node:readline';
import { LoomError } from '../errors';
import { readValues } from '../maker/board-image';
import { CalibrationBench } from '../maker/calibration/bench';
import { calibrationOf } from '../maker/calibration/calibration';
import { frame } from '../maker/calibration/frame';
import { keptDraft } from '../maker/calibration/kept-draft';
import { CalibrationTable, type Key } from '../maker/calibration/table';
import { idWords } from '../maker/image';
import { type MakerOptions, openMaker } from '../maker/open-maker';
import { FullScreen } from './full-screen';

/** Resolves with the exit code. @throws LoomError usage without a terminal, hardware, configuration with a weave open */
export async function calibrate(options: MakerOptions): Promise<number> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY)
    throw new LoomError(
      'usage',
      'loom calibrate needs a terminal: heddles are moved with its keys. `loom settings import FILE` puts values on a board without one.',
    );
  const board = await openMaker(options);
  const { driver, facts } = board;
  const bench = new CalibrationBench(board);
  try {
    await bench.arm();
    const calibration = calibrationOf(await readValues(board.settings));
    const about = `${facts.port} · board ${idWords(facts.boardId)} · ${facts.heddles} heddles on ${facts.outputs}`;
    const table = new CalibrationTable(calibration, bench, facts.boardId, keptDraft(facts.boardId));
    const screen = new FullScreen(stdout, (columns, rows) => frame({ ...table.picture, board: about }, columns, rows));
    const ended = new Promise<number>((resolve, reject) => {
      driver.on('lost', (why) => reject(new LoomError('hardware', `${why} ${table.keptWords}`)));
      // Saving begins a session of its own, to hear the new version of the settings.
      driver.on('reset', (why) => !table.saving && reject(new LoomError('hardware', `${why} ${table.keptWords}`)));
      driver.on('state', (state, fault) => state === 'fault' && table.stopped(fault));
      table.start(() => screen.drawSoon(), resolve, reject);
    });
    const press = (text: string | undefined, key: Key) => {
      if (text === '!') driver.stopNow();
      else table.key(key.ctrl && key.name === 'c' ? 'q' : text, key);
    };
    emitKeypressEvents(stdin);
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('keypress', press);
    screen.start();
    try {
      const code = await ended;
      await bench.park();
      return code;
    } finally {
      screen.stop();
      stdin.off('keypress', press);
      stdin.setRawMode(false);
      stdin.pause();
    }
  } finally {
    await driver.stop();
  }
}
