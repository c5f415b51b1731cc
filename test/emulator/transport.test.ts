import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EmulatedTransport, type EmulatedTransportOptions } from '../../host/emulator/emulated-transport';
import { LoomError } from '../../host/errors';
import { build } from './avr-program';

/** Answers each byte with it and a line end; says `T` and `t` when the treadle closes and opens, `!` when the e-stop opens, `R` at each start. */
const talkative = `
int main(void) {
  begin(34); PORTC = _BV(3) | _BV(5); put('R'); put('\\n');
  uint8_t last = _BV(3);
  for (;;) {
    if (UCSR0A & _BV(RXC0)) { put(UDR0); put('\\n'); }
    uint8_t now = PINC & (_BV(3) | _BV(5));
    if ((now ^ last) & _BV(3)) put(now & _BV(3) ? 't' : 'T');
    if (now & ~last & _BV(5)) put('!');
    last = now;
  }
}`;

let folder: string;
let firmware: string;
let transport: EmulatedTransport;
let text: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loom-transport-'));
  firmware = join(folder, 'talkative.hex');
  writeFileSync(firmware, build(talkative));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => transport.stop());

async function start(options: Partial<EmulatedTransportOptions> = {}): Promise<void> {
  transport = new EmulatedTransport({ wiring: { outputs: 'pins', heddles: 12, leds: 3 }, firmware, ...options });
  text = '';
  transport.on('bytes', (bytes) => {
    text += Buffer.from(bytes).toString('latin1');
  });
  await transport.start();
}
const pass = (ms: number) => new Promise<void>((resolve) => transport.after(ms, resolve));
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('time of the emulated board', () => {
  test('stands exactly at each timer when it fires', async () => {
    await start();
    const seen: [name: string, at: number][] = [];
    const note = (name: string) => () => seen.push([name, transport.now()]);
    await new Promise<void>((resolve) => {
      transport.after(30, note('last'));
      transport.after(10, note('first of two'));
      transport.after(20.5, note('between'));
      transport.after(10, note('second of two'));
      transport.after(5, () => transport.after(2, note('nested')));
      transport.after(40, resolve);
    });
    expect(seen).toEqual([
      ['nested', 7],
      ['first of two', 10],
      ['second of two', 10],
      ['between', 20.5],
      ['last', 30],
    ]);
    expect(transport.now()).toBe(40);
  });

  test('a cancelled timer never fires', async () => {
    await start();
    let fired = false;
    transport
      .after(5, () => {
        fired = true;
      })
      .cancel();
    await pass(20);
    expect(fired).toBe(false);
  });

  test('stands still while the host handles what it read, its promises included', async () => {
    await start();
    await pass(5);
    const times: number[][] = [];
    transport.on('bytes', async () => {
      const before = transport.now();
      for (let i = 0; i < 20; i++) await Promise.resolve();
      times.push([before, transport.now()]);
    });
    for (const letter of 'abc') {
      transport.write(Buffer.from(letter));
      await pass(5);
    }
    expect(text).toBe('R\na\nb\nc\n');
    expect(times.length).toBe(3);
    for (const [before, then] of times) expect(then).toBe(before);
  });

  test('stands still during work of the host’s that takes the wall’s time', async () => {
    await start();
    await pass(5);
    const before = transport.now();
    const work = (async () => {
      for (let i = 0; i < 50; i++) await turn();
      return 'done';
    })();
    expect(await transport.during(work)).toBe('done');
    expect(transport.now()).toBe(before);
    await pass(5);
    expect(transport.now()).toBe(before + 5);
  });

  test('goes on when that work fails', async () => {
    await start();
    const work = (async () => {
      await turn();
      throw new Error('no');
    })();
    await expect(transport.during(work)).rejects.toThrow('no');
    await pass(5);
    expect(transport.now()).toBe(5);
  });

  test('keeps to the wall at real pace, and can run free again', async () => {
    const wall = performance.now();
    await start({ pace: 'real' });
    // Longer than it takes to start: emulated time is never ahead of the wall.
    await pass(500);
    expect(performance.now() - wall).toBeGreaterThanOrEqual(transport.now());
    transport.setPace('full');
    await pass(1_000);
    expect(transport.now()).toBeGreaterThanOrEqual(1_500);
  });
});

describe('the emulated board', () => {
  test('hears treadles and the e-stop, and starts again on reset', async () => {
    await start();
    await pass(5);
    transport.press('treadle', 20);
    await pass(50);
    transport.estop(true);
    await pass(5);
    transport.estop(false);
    transport.reset();
    await pass(5);
    expect(text).toBe('R\nTt!R\n');
    transport.powerCut();
    await pass(5);
    expect(text).toBe('R\nTt!R\nR\n');
    expect(transport.counts()).toMatchObject({ resets: 2, overruns: 0 });
  });

  test('garbles at a wrong rate', async () => {
    await start();
    await pass(5);
    await transport.setRate(250_000);
    transport.write(Buffer.from('xyz'));
    await pass(10);
    expect(text).not.toContain('x');
    await transport.setRate(57_600);
    text = '';
    transport.write(Buffer.from('xyz'));
    await pass(10);
    expect(text).toBe('x\ny\nz\n');
  });

  test('says what is wrong when there is no firmware', async () => {
    const missing = join(folder, 'missing.hex');
    expect(existsSync(missing)).toBe(false);
    await expect(start({ firmware: missing })).rejects.toThrow(LoomError);
  });

  test('says what is wrong when the firmware is damaged', async () => {
    const damaged = join(folder, 'damaged.hex');
    writeFileSync(damaged, ':10000000nonsense\n');
    await expect(start({ firmware: damaged })).rejects.toThrow(/did not start: Line 1/);
  });
});

describe('a Mega with its bootloader', () => {
  test('runs in the worker as well, and starts its program a second after a reset', async () => {
    const hex = join(folder, 'mega.hex');
    writeFileSync(
      hex,
      build(
        `int main(void) { begin(34); PORTF = _BV(3) | _BV(6); put('R'); put('\\n');
          for (;;) { if (!(PINF & _BV(3))) { put('T'); while (!(PINF & _BV(3))) {} } if (!(PINF & _BV(6))) { put('H'); while (!(PINF & _BV(6))) {} } } }`,
        'atmega2560',
      ),
    );
    await start({ chip: 'atmega2560', bootloader: 'stk500v2', firmware: hex });
    await pass(900);
    expect(text).toBe('');
    await pass(200);
    expect(text).toBe('R\n');
    transport.press('treadle', 20);
    await pass(50);
    transport.perform({ do: 'hands', in: true });
    await pass(10);
    expect(text).toBe('R\nTH');
    transport.reset();
    await pass(900);
    expect(text).toBe('R\nTH');
    await pass(200);
    expect(text).toBe('R\nTHR\nH');
  });
});
