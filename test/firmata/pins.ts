/** Probes of pins: modes, levels, reports, PWM and servos, seen at the emulated pins. */

import type { FirmataBoard } from './board';
import { isBrief, modes, sevens } from './board';
import type { Outcome, Probe } from './probe';

/** Level that a part drives the pin to, and the report of its port. */
function reportOf(board: FirmataBoard, pin: number, level: 0 | 1): number | undefined {
  board.forget();
  board.uno.pins.drive(pin, level === 1);
  board.run(60);
  const report = board.heard.filter(isBrief(0x90)).findLast(({ command }) => (command & 15) === pin >> 3);
  return report && ((report.data[0] | (report.data[1] << 7)) >> (pin & 7)) & 1;
}

function writesPort(board: FirmataBoard, pin: number, write: (level: 0 | 1) => number[]): Outcome {
  board.say(0xf4, pin, modes.output);
  const seen = [1, 0, 1].map((level) => {
    board.say(...write(level as 0 | 1));
    board.run(20);
    return board.uno.pins.isHigh(pin) ? 1 : 0;
  });
  return seen.join() === '1,0,1' || (seen.includes(1) && `levels ${seen.join(' ')} of 1 0 1`);
}

function dims(board: FirmataBoard, pin: number, write: (value: number) => number[]): Outcome {
  board.say(0xf4, pin, modes.pwm);
  board.run(10);
  board.say(...write(64));
  board.run(30);
  const { duty, edges } = board.measure(pin);
  if (edges === 0) return board.pinState(pin)?.[1] === 64 && 'told of, not seen at the pin';
  return Math.abs(duty - 64 / 255) < 0.02 || `${Math.round(duty * 100)} % high for a quarter`;
}

function turns(board: FirmataBoard, pin: number, write: number[], width: number): Outcome {
  board.say(...write);
  board.run(60);
  const { pulse } = board.measure(pin);
  return pulse > 0 && (Math.abs(pulse - width) <= 12 || `${Math.round(pulse)} µs for ${width}`);
}

export const pinProbes: readonly Probe[] = [
  {
    feature: 'set pin mode (F4)',
    run: (board) => {
      const pin = board.pinFor('output');
      const told = [modes.output, modes.input, modes.output].map((mode) => {
        board.say(0xf4, pin, mode);
        return board.pinState(pin)?.[0] === mode;
      });
      return told.every(Boolean);
    },
  },
  {
    feature: 'a mode that there is not',
    run: (board) => {
      const pin = board.pinFor('output');
      board.say(0xf4, pin, modes.output);
      board.run(20);
      board.say(0xf4, pin, 0x20);
      board.run(20);
      const mode = board.pinState(pin)?.[0];
      return mode !== modes.output && `mode ${mode}`;
    },
  },
  {
    feature: 'a mode for a pin that there is not',
    run: (board) => {
      board.say(0xf4, 100, modes.output);
      return false;
    },
  },
  {
    feature: 'write a port (9x)',
    run: (board) => {
      const pin = board.pinFor('output');
      return writesPort(board, pin, (level) => [0x90 | (pin >> 3), ...sevens(level << (pin & 7))]);
    },
  },
  {
    feature: 'write a pin (F5)',
    run: (board) => {
      const pin = board.pinFor('output');
      return writesPort(board, pin, (level) => [0xf5, pin, level]);
    },
  },
  {
    feature: 'report a port (Dx) that is read',
    run: (board) => {
      const pin = board.pinFor('input', [board.pinFor('output')]);
      board.uno.pins.drive(pin, false);
      board.say(0xf4, pin, modes.input, 0xd0 | (pin >> 3), 1);
      board.run(60);
      const seen = [1, 0, 1].map((level) => reportOf(board, pin, level as 0 | 1));
      if (seen.every((level) => level === undefined)) return false;
      return seen.join() === '1,0,1' || `levels ${seen.join(' ')} of 1 0 1`;
    },
  },
  {
    feature: 'stop the report of a port',
    run: (board) => {
      const pin = board.pinFor('input');
      board.say(0xf4, pin, modes.input, 0xd0 | (pin >> 3), 1);
      board.run(60);
      const before = [0, 1].map((level) => reportOf(board, pin, level as 0 | 1));
      board.say(0xd0 | (pin >> 3), 0);
      board.run(60);
      const after = [0, 1].map((level) => reportOf(board, pin, level as 0 | 1));
      return before.join() === '0,1' && after.every((level) => level === undefined);
    },
  },
  {
    feature: 'input with pull-up (mode 0B)',
    run: (board) => {
      const pin = board.pinFor('input');
      board.say(0xf4, pin, modes.pullUp);
      const state = board.pinState(pin);
      return state?.[0] === modes.pullUp;
    },
  },
  {
    feature: 'report an analog channel (Cx)',
    run: (board) => {
      const channel = board.pinFor('analog') - 14;
      const report = board.ask([0xc0 | channel, 1], isBrief(0xe0));
      return report !== undefined && ((report.command & 15) === channel || `channel ${report.command & 15}`);
    },
  },
  {
    feature: 'analog write (Ex): PWM',
    run: (board) => {
      const pin = board.pinFor('pwm');
      return pin < 0 ? null : dims(board, pin, (value) => [0xe0 | pin, ...sevens(value)]);
    },
  },
  {
    feature: 'extended analog (6F): PWM',
    run: (board) => {
      const pin = board.pinFor('pwm');
      return pin < 0 ? null : dims(board, pin, (value) => [0xf0, 0x6f, pin, ...sevens(value), 0xf7]);
    },
  },
  {
    feature: 'servo (mode 4): µs',
    run: (board) => {
      const pin = board.pinFor('servo');
      return turns(board, pin, [0xf4, pin, modes.servo, 0xe0 | pin, ...sevens(1234)], 1234);
    },
  },
  {
    feature: 'servo: degrees',
    run: (board) => {
      const pin = board.pinFor('servo');
      // Servo.h: 0–180 degrees are 544–2400 µs.
      return turns(board, pin, [0xf4, pin, modes.servo, 0xe0 | pin, ...sevens(90)], 1472);
    },
  },
  {
    feature: 'servo config (70): range of the degrees',
    run: (board) => {
      const pin = board.pinFor('servo');
      const config = [0xf0, 0x70, pin, ...sevens(1000), ...sevens(2000), 0xf7];
      return turns(board, pin, [...config, 0xf4, pin, modes.servo, 0xe0 | pin, ...sevens(45)], 1250);
    },
  },
  {
    feature: 'servo on a pin above 15 by extended analog',
    run: (board) => {
      const pin = [16, 17].find((each) => board.can(each, 'servo'));
      if (pin === undefined) return null;
      return turns(board, pin, [0xf4, pin, modes.servo, 0xf0, 0x6f, pin, ...sevens(1500), 0xf7], 1500);
    },
  },
  {
    feature: 'system reset (FF) takes the pins back',
    run: (board) => {
      const pin = board.pinFor('servo');
      board.say(0xf4, pin, modes.servo, 0xe0 | pin, ...sevens(1500), 0xff);
      board.run(60);
      const { edges } = board.measure(pin);
      return board.pinState(pin)?.[0] !== modes.servo && edges === 0;
    },
  },
  {
    feature: 'system reset (FF) ends reports',
    run: (board) => {
      board.say(0xc0 | (board.pinFor('analog') - 14), 1);
      board.run(100);
      const before = board.heard.filter(isBrief(0xe0)).length;
      board.say(0xff);
      board.run(50);
      board.forget();
      board.run(200);
      return before > 0 && board.heard.filter(isBrief(0xe0)).length === 0;
    },
  },
  {
    feature: 'a pin that the firmware keeps for itself',
    run: (board) => {
      const pin = 2;
      if (board.can(pin, 'servo')) return null;
      board.say(0xf4, pin, modes.servo, 0xe0 | pin, ...sevens(1500));
      board.run(60);
      return board.measure(pin).edges > 0 && 'obeyed';
    },
  },
];
