/** Loom frames read by one who was not there when the session began. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Notes } from '../../host/maker/console/notes';
import { SessionGuess } from '../../host/maker/console/session-guess';
import { encodeBoard } from '../../protocol/wire';
import { events, loomSysex, presses, states } from '../../protocol/wire.table';

const session = fc.integer({ min: 1, max: 0xfffe });
const event = (arg: number, counter: number, seed: number, code: number = events.press.code) =>
  encodeBoard('EVENT', { event: code, state: states.held.code, openStep: 12, rowCrc: 7, events: counter, arg }, seed);
/** The inside of a loom sysex. */
const inside = (frame: Uint8Array) => frame.subarray(2, -1);

describe('a session that somebody else opened', () => {
  it('is known from its second frame on, whatever its number', () => {
    fc.assert(
      fc.property(session, fc.array(fc.nat(0xffff), { minLength: 2, maxLength: 5 }), (seed, args) => {
        const guess = new SessionGuess();
        const read = args.map((arg, counter) => guess.read(inside(event(arg, counter, seed))));
        expect(read[0]).toBe(null);
        expect(read.slice(1).map((frame) => frame?.name === 'EVENT' && frame.fields.arg)).toEqual(args.slice(1));
      }),
    );
  });

  it('believes no damaged frame', () => {
    fc.assert(
      fc.property(session, fc.nat(12), fc.integer({ min: 1, max: 0x7f }), (seed, at, flip) => {
        const guess = new SessionGuess();
        for (const counter of [0, 1]) guess.read(inside(event(1, counter, seed)));
        const damaged = inside(event(1, 2, seed)).slice();
        damaged[at] ^= flip;
        const frame = guess.read(damaged);
        // Bits that fill no whole byte mean nothing.
        expect(frame === null || JSON.stringify(frame) === JSON.stringify(guess.read(inside(event(1, 2, seed))))).toBe(
          true,
        );
      }),
    );
  });

  it('is told in words beside the text', () => {
    const notes = new Notes();
    const words = [0, 1].map((counter) => {
      const body = inside(event(1 | (presses.state.code << 8), counter, 0x1234));
      return notes.of({ kind: 'sysex', id: loomSysex, body });
    });
    expect(words[0]).toMatch(/a session that is not known/);
    expect(words[1]).toBe('EVENT press forward: state');
    expect(notes.of({ kind: 'line', text: 'ok', cut: false })).toBe(null);
  });
});
