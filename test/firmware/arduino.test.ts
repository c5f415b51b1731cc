import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../host/paths';
import { nameOf } from '../../protocol/wire';
import { mcus } from '../../protocol/wire.table';
import { type ArduinoBoard, buildSketch } from './arduino-build';
import { newBoard } from './boards';
import { rowOf } from './loom-on-a-bench';

const scratch = mkdtempSync(join(tmpdir(), 'loom-arduino-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const boards: [ArduinoBoard, 'uno' | 'mega', keyof typeof mcus][] = [
  ['uno', 'uno', 'atmega328p'],
  ['nano', 'uno', 'atmega328p'],
  ['mega', 'mega', 'atmega2560'],
];

describe.each(boards)(
  'the folder firmware, built as the Arduino IDE builds a sketch for the %s',
  (board, chip, mcu) => {
    it('becomes a firmware that weaves', () => {
      const hex = buildSketch(join(packageRoot, 'firmware'), board, mkdtempSync(join(scratch, `${board}-`)));
      const loom = newBoard(chip, { outputs: 'pca9685', heddles: 40, leds: 40 }, { hex });
      expect(nameOf(mcus, loom.hello().mcu)).toBe(mcu);
      loom
        .arm()
        .openShed(1, rowOf([2, 39]))
        .run(45);
      expect([...Array(40).keys()].filter((heddle) => loom.uno.parts.isLifted(heddle))).toEqual([2, 39]);
      loom.must('ROW', { step: 2, row: rowOf([1]) });
      expect(loom.tread()).toBe('opened');
      expect(loom.type('?')).toMatch(/ok$/);
      expect(loom.status).toMatchObject({ overruns: 0, frameErrors: 0 });
    }, 120_000);
  },
);
