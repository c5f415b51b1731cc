/** Probes of what a board says of itself. */
import { firmwareReport } from '../../protocol/firmata';
import { isBrief, isSysex, isVersion } from './board';
import type { Probe } from './probe';

export const questions: readonly Probe[] = [
  {
    feature: 'version and firmware name at power-on',
    run: ({ banner }) => banner.some(isVersion) && banner.some(isSysex(0x79)),
  },
  {
    feature: 'protocol version (F9)',
    run: (board) => {
      const [major] = board.ask([0xf9], isVersion)?.data ?? [];
      return major === 2 || (major !== undefined && `version ${major}`);
    },
  },
  {
    feature: 'firmware name (79)',
    run: (board) => {
      const answer = board.ask([0xf0, 0x79, 0xf7], isSysex(0x79));
      return answer !== undefined && (firmwareReport(answer.body)?.name.length ?? 0) > 0;
    },
  },
  {
    feature: 'capability query (6B)',
    run: (board) => {
      const answer = board.ask([0xf0, 0x6b, 0xf7], isSysex(0x6c));
      const pins = answer?.body.filter((byte) => byte === 0x7f).length;
      return answer !== undefined && ((pins ?? 0) >= 20 || `${pins} pins`);
    },
  },
  {
    feature: 'analog mapping query (69)',
    run: (board) => {
      const answer = board.ask([0xf0, 0x69, 0xf7], isSysex(0x6a));
      return answer?.body.includes(0) ?? false;
    },
  },
  {
    feature: 'pin state query (6D)',
    run: (board) => {
      const pin = board.pinFor('output');
      board.say(0xf4, pin, 1, 0xf0, 0x6f, pin, 0, 0, 0xf7);
      const state = board.pinState(pin);
      return state !== null && (state[0] === 1 || `mode ${state[0]}`);
    },
  },
  {
    feature: 'pin state query of a pin that is not there',
    run: (board) => {
      const answer = board.ask([0xf0, 0x6d, 100, 0xf7], isSysex(0x6e));
      return answer !== undefined && (answer.body.length === 1 || `${answer.body.length - 1} bytes of state`);
    },
  },
  {
    feature: 'forty questions at line rate, each answered',
    run: (board) => {
      const pin = board.pinFor('output');
      for (let i = 0; i < 40; i++) board.say(0xf0, 0x6d, pin, 0xf7);
      board.run(500);
      const answers = board.heard.filter(isSysex(0x6e)).length;
      return answers === 40 || `${answers} of 40`;
    },
  },
  {
    feature: 'sampling interval (7A) paces analog reports',
    run: (board) => {
      const channel = board.pinFor('analog') - 14;
      const reports = () => board.heard.filter(isBrief(0xe0)).length;
      board.say(0xf0, 0x7a, 20, 0, 0xf7, 0xc0 | channel, 1);
      board.run(1000);
      const often = reports();
      board.forget();
      board.say(0xf0, 0x7a, 200 & 0x7f, 200 >> 7, 0xf7);
      board.run(1000);
      const seldom = reports();
      // A system reset leaves it as it is.
      board.say(0xf0, 0x7a, 19, 0, 0xf7);
      if (often === 0) return false;
      return (often > 30 && seldom >= 3 && seldom <= 7) || `${often} a second at 20 ms, ${seldom} at 200 ms`;
    },
  },
];
