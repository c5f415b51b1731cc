/** simavr as second opinion on the servo pulses: edges within a microsecond of those on the emulated board. */
import { describe, expect, it } from 'vitest';
import { type Chip, type Edge, EmulatedChip, map, SimavrChip } from './chip';
import { Talk } from './talk';

const cyclesPerUs = 16;
/** µs; 8 to 24 apart, so that falling edges come in one interrupt */
const crowded = [1500, 1508, 1524, 1544, 1566, 1590, 1598, 1614, 500, 2540, 1300, 1700];

interface Pulse {
  /** cycles after the first rise of the same frame */
  readonly rise: number;
  /** cycles */
  readonly width: number;
}

/** Every heddle's pulses, oldest first; a pulse whose beginning or end was not seen is left out. */
function pulsesOf(edges: readonly Edge[]): Pulse[][] {
  const rises = new Map<number, number>();
  const pulses: Pulse[][] = map.servos.map(() => []);
  let frame = Number.NEGATIVE_INFINITY;
  for (const { pin, high, cycle } of edges) {
    if (high) {
      // Frames are 20 ms apart and pulses are shorter than 3.
      if (cycle - frame > 10_000 * cyclesPerUs) frame = cycle;
      rises.set(pin, cycle);
      continue;
    }
    const rose = rises.get(pin);
    if (rose === undefined) continue;
    rises.delete(pin);
    pulses[map.servos.indexOf(pin as never)].push({ rise: rose - frame, width: cycle - rose });
  }
  return pulses;
}

/** All servos pulsed with the crowded widths, for half a second. */
async function pulsed(chip: Chip): Promise<{ pulses: Pulse[][]; edges: readonly Edge[] }> {
  const talk = new Talk(chip);
  try {
    await talk.putOnPins();
    await talk.hello(1);
    await talk.set('move.k', 12);
    await talk.arm();
    for (const [heddle, width] of crowded.entries()) await talk.ask('TEST', { heddle, width });
    await talk.wait(60);
    chip.edges.length = 0;
    await talk.wait(500);
    const pulses = pulsesOf(chip.edges);
    const edges = [...chip.edges];
    await talk.ask('STOP', {});
    await talk.wait(40);
    chip.edges.length = 0;
    await talk.wait(100);
    expect(chip.edges).toEqual([]);
    return { pulses, edges };
  } finally {
    await chip.stop();
  }
}

describe('twelve servos on pins, their widths crowded', () => {
  it('get the same pulses on both chips, within a microsecond at every edge; none after a stop', async () => {
    const simavr = await pulsed(new SimavrChip());
    const ours = await pulsed(new EmulatedChip());
    let worst = 0;
    for (const [heddle, width] of crowded.entries()) {
      const [theirs, own] = [simavr.pulses[heddle], ours.pulses[heddle]];
      expect(Math.min(theirs.length, own.length)).toBeGreaterThanOrEqual(24);
      for (const pulse of theirs) {
        // Frames are not in step, so each pulse is held against all of the other's.
        for (const other of own) {
          worst = Math.max(worst, Math.abs(pulse.width - other.width), Math.abs(pulse.rise - other.rise));
        }
        expect(Math.abs(pulse.width / cyclesPerUs - width)).toBeLessThanOrEqual(1);
      }
    }
    expect(worst / cyclesPerUs).toBeLessThanOrEqual(1);
    console.info(`simavr and the emulated board differ by ${worst / cyclesPerUs} µs at most`);
  });

  it('come every 20 ms on both', async () => {
    for (const chip of [new SimavrChip(), new EmulatedChip()]) {
      const { edges } = await pulsed(chip);
      const rises = edges.filter(({ pin, high }) => high && pin === map.servos[0]).map(({ cycle }) => cycle);
      for (let at = 1; at < rises.length; at++)
        expect(Math.abs(rises[at] - rises[at - 1] - 20_000 * cyclesPerUs)).toBeLessThanOrEqual(cyclesPerUs);
    }
  });
});
