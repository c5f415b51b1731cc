import { describe, expect, test } from 'vitest';
import { board, edgesOf } from './avr-program';

/** Says why it was started, as MCUSR has it, then repeats what it hears; falls silent at `h` until the watchdog bites. */
const application = `
int main(void) {
  uint8_t cause = MCUSR;
  MCUSR = 0; WDTCSR = _BV(WDCE) | _BV(WDE); WDTCSR = 0;
  begin(34); put('A' + cause);
  for (;;) { while (!(UCSR0A & _BV(RXC0))) {} uint8_t byte = UDR0; if (byte == 'h') { wdt_enable(WDTO_15MS); for (;;) {} } put(byte); }
}`;
/** The same, but it leaves MCUSR alone. */
const careless = application.replace('MCUSR = 0; WDTCSR = _BV(WDCE) | _BV(WDE); WDTCSR = 0;', '');

const said = (uno: ReturnType<typeof board>) => Buffer.from(uno.takeOutput()).toString('latin1');
const start = (bootloader: 'none' | 'optiboot' | 'old-nano' | 'stk500v2', source = application) => {
  const uno = board(source, {
    bootloader,
    ...(bootloader === 'stk500v2' ? { chip: 'atmega2560' as const } : {}),
  });
  return uno;
};
const [power, reset, brownOut, watchdog] = ['B', 'C', 'E', 'I'];

describe('without a bootloader', () => {
  test('the application starts at once and reads why', () => {
    const uno = start('none');
    const why = (act: () => void) => {
      act();
      uno.run(1);
      return said(uno);
    };
    expect(why(() => {})).toBe(power);
    expect(why(() => uno.reset('dtr'))).toBe(reset);
    expect(why(() => uno.reset('button'))).toBe(reset);
    expect(why(() => uno.brownOut())).toBe(brownOut);
    expect(why(() => uno.powerCut())).toBe(power);
    uno.send(Buffer.from('h'));
    uno.run(20);
    expect(said(uno)).toBe(watchdog);
  });

  test('causes add up in MCUSR until it is cleared or power is cut', () => {
    const uno = start('none', careless);
    uno.run(1);
    uno.reset();
    uno.run(1);
    uno.brownOut();
    uno.run(1);
    uno.powerCut();
    uno.run(1);
    // PORF, + EXTRF, + BORF, PORF
    expect(said(uno)).toBe('BDHB');
  });

  test('a watchdog reset leaves the watchdog on, at its shortest, until WDRF is cleared', () => {
    const uno = start('none', careless);
    uno.run(1);
    uno.send(Buffer.from('h'));
    uno.run(100);
    expect(uno.counts.resets).toBeGreaterThan(4);
  });
});

describe('optiboot', () => {
  test('starts the application at once after power-on, and keeps it waiting for a second after a reset', () => {
    const uno = start('optiboot');
    uno.run(1);
    expect(said(uno)).toBe('A');
    uno.reset('dtr');
    expect(uno.inBootloader).toBe(true);
    uno.run(990);
    expect(said(uno)).toBe('');
    uno.run(20);
    // MCUSR was read and cleared by the bootloader.
    expect(said(uno)).toBe('A');
    expect(uno.inBootloader).toBe(false);
  });

  test('eats what is sent meanwhile', () => {
    const uno = start('optiboot');
    uno.run(1);
    uno.reset('dtr');
    uno.run(500);
    uno.line.baud = 115_200;
    uno.send(Buffer.from('0 0'));
    uno.run(990);
    expect(uno.inBootloader).toBe(true);
    uno.line.baud = 57_600;
    uno.run(20);
    uno.send(Buffer.from('after'));
    uno.run(5);
    expect(said(uno)).toBe('AAafter');
  });

  test('gives up 16 ms after a command that is none', () => {
    const uno = start('optiboot');
    uno.run(1);
    uno.reset('dtr');
    uno.run(100);
    uno.send(Buffer.from('xyz'));
    uno.run(20);
    expect(uno.inBootloader).toBe(false);
    uno.send(Buffer.from('later'));
    uno.run(5);
    expect(said(uno)).toBe('AAlater');
  });

  test('lets the application go on after the watchdog, its watchdog off', () => {
    const uno = start('optiboot', careless);
    uno.run(1);
    uno.send(Buffer.from('h'));
    uno.run(30);
    uno.send(Buffer.from('on'));
    uno.run(50);
    expect(said(uno)).toBe('AAon');
    expect(uno.counts.resets).toBe(1);
  });

  test('flashes the LED on pin 13 and lets the pin go', () => {
    const uno = start('optiboot');
    const edges = edgesOf(uno, 13);
    uno.run(1);
    uno.reset();
    uno.run(1100);
    expect(edges.length).toBe(6);
    expect(uno.pins.isHigh(13)).toBe(false);
  });

  test('leaves the SRAM alone', () => {
    const uno = start('optiboot');
    uno.run(1);
    const before = uno.sram.slice(0, 1900);
    uno.reset();
    uno.run(900);
    expect(uno.sram.slice(0, 1900)).toEqual(before);
  });
});

describe('the bootloader of old Nanos', () => {
  test('waits after every start, and five unknown bytes end that', () => {
    const uno = start('old-nano');
    uno.run(990);
    expect(said(uno)).toBe('');
    uno.run(20);
    expect(said(uno)).toBe(power);
    uno.reset();
    uno.run(10);
    uno.send(Buffer.from('12345'));
    uno.run(30);
    expect(said(uno)).toBe(reset);
  });

  test('never comes back from a watchdog reset, until power is cut', () => {
    const uno = start('old-nano');
    uno.run(1010);
    uno.send(Buffer.from('h'));
    uno.run(5000);
    expect(said(uno)).toBe(power);
    const { resets } = uno.counts;
    expect(resets).toBeGreaterThan(250);
    uno.reset('button');
    uno.run(3000);
    expect(said(uno)).toBe('');
    uno.powerCut();
    uno.run(1010);
    expect(said(uno)).toBe(power);
  });
});

describe('the bootloader of the Mega', () => {
  test('waits after power-on and reset, not after the watchdog', () => {
    const mega = start('stk500v2');
    mega.run(990);
    expect(said(mega)).toBe('');
    mega.run(20);
    mega.send(Buffer.from('h'));
    mega.run(40);
    expect(said(mega)).toBe('AA');
  });

  test('`!!!` opens a monitor that never ends', () => {
    const mega = board(application, { chip: 'atmega2560', bootloader: 'stk500v2', baud: 115_200 });
    mega.run(10);
    mega.send(Buffer.from('!!!'));
    mega.run(20_000);
    expect(mega.inBootloader).toBe(true);
    mega.reset();
    mega.run(1010);
    expect(mega.inBootloader).toBe(false);
  });
});

test('a brown-out forgets some of the SRAM, a reset none and a power cut nearly all', () => {
  const uno = start('none');
  uno.run(1);
  const kept = (act: () => void) => {
    const before = uno.sram;
    act();
    return uno.sram.filter((byte, index) => byte === before[index]).length / before.length;
  };
  expect(kept(() => uno.reset())).toBe(1);
  const dimmed = kept(() => uno.brownOut());
  expect(dimmed).toBeGreaterThan(0.8);
  expect(dimmed).toBeLessThan(1);
  expect(kept(() => uno.powerCut())).toBeLessThan(0.1);
});
