import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinkStatistics } from '../../host/board/driver';
import { faultWords } from '../../host/board/fault-words';
import { linkFindings, linkWords, troubles } from '../../host/board/link-words';

const good: LinkStatistics = {
  ...{ sent: 10_000, resent: 0, bytesSent: 120_000, received: 30_000, roundTripMs: 6.4 },
  ...{ crcErrors: 0, frameErrors: 0, overruns: 0, eventGaps: 0, falseStops: 0, i2cErrors: 0, unplugged: 0 },
  resets: { power: 0, line: 0, watchdog: 0 },
};
const blamed = (stats: Partial<LinkStatistics>) => linkFindings({ ...good, ...stats }).map(({ what }) => what);

describe('the words for a link', () => {
  it('say that a good one is good', () => {
    expect(linkWords(good)).toBe('The link is good: 10,000 messages, none sent again, 6 ms for an answer.');
    expect(linkFindings(good)).toEqual([]);
  });

  it('a message or two sent again is good as well', () => {
    expect(blamed({ resent: 3 })).toEqual([]);
    expect(linkWords({ ...good, resent: 3 })).toContain('3 sent again');
  });

  it('blame the cable for damaged bytes', () => {
    expect(linkWords({ ...good, resent: 15, crcErrors: 12, frameErrors: 3 })).toBe(
      'The cable or its connector damages bytes: 12 CRC errors and 3 frame errors in 10,000 messages. ' +
        'Try a shorter, shielded cable, lay it away from the servo leads, or set a lower rate.',
    );
    expect(linkWords({ ...good, falseStops: 1 })).toContain('1 stop that nobody asked for');
  });

  it('blame the processor for bytes that overran, and not the cable for what follows from them', () => {
    const stats = { overruns: 40, crcErrors: 38, frameErrors: 12, resent: 50 };
    expect(blamed(stats)).toEqual(['processor']);
    expect(linkWords({ ...good, ...stats })).toContain('The board did not keep up: 40 bytes overran.');
  });

  it('blame both where more was damaged than overran', () => {
    expect(blamed({ overruns: 5, crcErrors: 200, resent: 200 })).toEqual(['processor', 'cable']);
  });

  it('blame this computer for answers that are late, or lost though nothing was damaged', () => {
    expect(blamed({ roundTripMs: 180 })).toEqual(['host']);
    expect(blamed({ resent: 400 })).toEqual(['host']);
    expect(blamed({ resent: 400, crcErrors: 390 })).toEqual(['cable']);
  });

  it('tell a supply that gives way from a reset line and from a hang', () => {
    expect(linkWords({ ...good, resets: { power: 2, line: 0, watchdog: 0 } })).toContain('lost its power 2 times');
    expect(linkWords({ ...good, resets: { power: 0, line: 1, watchdog: 0 } })).toContain('reset line or button once');
    expect(linkWords({ ...good, resets: { power: 0, line: 0, watchdog: 3 } })).toContain('watchdog 3 times');
  });

  it('name the wires to the servo boards, and the plug', () => {
    expect(blamed({ i2cErrors: 4 })).toEqual(['i2c']);
    expect(blamed({ unplugged: 1 })).toEqual(['port']);
  });

  it('never call a link good that had trouble, unless bytes that overran explain it', () => {
    const count = fc.nat(50);
    fc.assert(
      fc.property(count, count, count, count, count, (crcErrors, frameErrors, overruns, falseStops, i2cErrors) => {
        const stats = { ...good, crcErrors, frameErrors, overruns, falseStops, i2cErrors };
        expect(linkFindings(stats).length > 0).toBe(troubles(stats) > 0);
      }),
    );
  });
});

describe('the words for a fault', () => {
  it('name the board that does not answer, and its outputs', () => {
    expect(faultWords('output', 0x41)).toBe(
      'the PCA9685 board at 0x41 (outputs 17–32) does not answer; check its power, SDA and SCL',
    );
    expect(faultWords('output')).toBe('a PCA9685 board does not answer');
  });

  it('say what holds the bus', () => {
    expect(faultWords('bus', 0x40)).toContain('SDA or SCL is held low');
  });
});
