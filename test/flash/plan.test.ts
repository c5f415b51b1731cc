/** What is decided before a port is opened: which port, which firmware, which command. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describePorts } from '../../host/board/find';
import type { LoomError } from '../../host/errors';
import { commandLine, signatureIn } from '../../host/flash/avrdude';
import { wrongChip } from '../../host/flash/chips';
import { avrdudeFailure } from '../../host/flash/failure';
import { firmwareFile } from '../../host/flash/firmware-file';
import { planAt } from '../../host/flash/flash';
import { portToFlash } from '../../host/flash/port';
import { AvrdudeProgress, type Progress } from '../../host/flash/progress';
import { flashBoards, flashTargets } from '../../host/flash/targets';
import { shippedFirmware } from '../../host/paths';
import { loom } from '../cli/run';

function refusal(work: () => unknown): LoomError {
  try {
    work();
  } catch (error) {
    return error as LoomError;
  }
  throw new Error('It was not refused.');
}

/** Ports as the system lists them, by USB id. */
function plugged(...ids: string[]) {
  const listed = ids.map((id, index) => {
    const [vendorId, productId] = id.split(':');
    return { path: `/dev/ttyACM${index}`, ...(productId && { vendorId, productId }) };
  });
  return describePorts(listed, []);
}

const uno = '2341:0043';
const mega = '2341:0042';
const adapter = '1a86:7523';
const unoR4 = '2341:0069';
const nanoEvery = '2341:0058';
const leonardo = '2341:8036';

describe('the port', () => {
  it.each([
    ['an Uno', 'uno', [uno], 0],
    ['a Nano behind its adapter', 'nano-old', [adapter], 0],
    ['a clone of the Uno behind an adapter', 'uno', [adapter], 0],
    ['the Mega beside an Uno', 'mega', [uno, mega], 1],
    ['the Uno beside a Mega', 'uno', [mega, uno], 1],
    ['the Uno beside what cannot be a loom', 'uno', [unoR4, uno], 1],
  ] as const)('%s is found by itself', (_, board, ids, index) => {
    expect(portToFlash(board, 'auto', plugged(...ids))).toBe(`/dev/ttyACM${index}`);
  });

  it.each([
    [
      'Uno R4 Minima',
      unoR4,
      /\(Arduino Uno R4 Minima\) cannot be flashed: its chip is a Renesas RA4M1.*Nothing was opened/,
    ],
    ['Nano Every', nanoEvery, /\(Arduino Nano Every\) cannot be flashed: its chip is an ATmega4809/],
    ['Leonardo', leonardo, /\(Arduino Leonardo\) cannot be flashed: its chip is an ATmega32U4/],
  ])('a %s is named and refused, asked for or found', (_, id, sentence) => {
    for (const port of ['/dev/ttyACM0', 'auto']) {
      const { message, exitCode } = refusal(() => portToFlash('uno', port, plugged(id)));
      expect(message).toMatch(sentence);
      expect(exitCode).toBe(5);
    }
  });

  it('a Mega is not flashed as an Uno, nor an Uno as a Mega', () => {
    expect(refusal(() => portToFlash('uno', '/dev/ttyACM0', plugged(mega))).message).toMatch(/say --board mega/);
    expect(refusal(() => portToFlash('mega', '/dev/ttyACM0', plugged(uno))).message).toMatch(/say --board uno/);
  });

  it('two that could be meant are asked about, none is said', () => {
    const two = refusal(() => portToFlash('uno', 'auto', plugged(uno, adapter)));
    expect([two.exitCode, two.message]).toEqual([2, expect.stringContaining('Say which with --port PATH')]);
    const none = refusal(() => portToFlash('mega', 'auto', plugged(uno)));
    expect([none.exitCode, none.message]).toEqual([
      5,
      'No Arduino Mega 2560 was found; seen: /dev/ttyACM0 (Arduino Uno R3). Plug it in, or say --port PATH.',
    ]);
  });

  it('a port that no USB id tells of is taken as the person says', () => {
    expect(portToFlash('uno', '/dev/pts/7', plugged(mega))).toBe('/dev/pts/7');
  });
});

describe('the firmware', () => {
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'loom-hex-'));
    onTestFinished(() => rmSync(made, { recursive: true }));
    return made;
  };
  const file = (text: string) => {
    const path = join(folder(), 'some.hex');
    writeFileSync(path, text);
    return path;
  };
  const end = ':00000001FF\n';

  it('that came with this program fits every board it is for', () => {
    for (const board of ['uno', 'nano', 'nano-old'] as const) {
      const { path, bytes } = firmwareFile(flashTargets[board]);
      expect(path).toBe(shippedFirmware);
      expect(bytes).toBeGreaterThan(10_000);
    }
  });

  it.each([
    ['that is missing', () => join(folder(), 'none.hex'), /none\.hex cannot be read \(ENOENT\)\. Check the path/],
    ['that is damaged', () => file(`:0100000001FF\n${end}`), /cannot be flashed\. Line 1 .*damaged/],
    ['that is none', () => file('<html>\n'), /cannot be flashed\. Line 1/],
    ['that is empty', () => file(end), /holds no program/],
    ['that runs into the bootloader', () => file(`:017E00000180\n${end}`), /takes 32258 bytes; .* has 32256 below/],
  ])('%s is refused before the board is touched', (_, path, sentence) => {
    const { message, exitCode } = refusal(() => firmwareFile(flashTargets.uno, path()));
    expect(message).toMatch(sentence);
    expect(exitCode).toBe(3);
  });
});

describe('the command', () => {
  it.each([
    ['uno', 'avrdude -p m328p -c arduino -P /dev/x -b 115200 -D -U flash:w:f.hex:i'],
    ['nano', 'avrdude -p m328p -c arduino -P /dev/x -b 115200 -D -U flash:w:f.hex:i'],
    ['nano-old', 'avrdude -p m328p -c arduino -P /dev/x -b 57600 -D -U flash:w:f.hex:i'],
    ['mega', 'avrdude -p m2560 -c wiring -P /dev/x -b 115200 -D -U flash:w:f.hex:i'],
  ] as const)('for %s names chip, bootloader and rate, and erases nothing else', (board, line) => {
    expect(planAt(flashTargets[board], '/dev/x', 'f.hex', 100).commands.write).toBe(line);
  });

  it('can be pasted into a shell whatever the file is called', () => {
    expect(commandLine(['avrdude', '-U', "flash:w:my loom's.hex:i"])).toBe("avrdude -U 'flash:w:my loom'\\''s.hex:i'");
  });

  it('is printed by --dry-run, with PORT where no board is plugged in', async () => {
    const { code, out, err } = await loom(['flash', '--board', 'uno', '--port', '/dev/ttyUSB7', '--dry-run', '--json']);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({
      port: '/dev/ttyUSB7',
      commands: {
        signature: 'avrdude -p m328p -c arduino -P /dev/ttyUSB7 -b 115200 -n',
        write: `avrdude -p m328p -c arduino -P /dev/ttyUSB7 -b 115200 -D -U flash:w:${shippedFirmware}:i`,
      },
    });
  });

  it('has help that teaches which board is which', async () => {
    const { code, out } = await loom(['flash', '--help']);
    expect(code).toBe(0);
    for (const board of flashBoards) expect(out).toContain(`--board ${board} `);
    expect(out).toMatch(/Settings are kept: they are in the EEPROM/);
  });
});

describe('what avrdude says', () => {
  it.each([
    ['7', 'avrdude: device signature = 0x1e950f (probably m328p)\n', '1e950f'],
    ['6', 'avrdude: Device signature = 0x1e9801 (probably m2560)\n', '1e9801'],
    ['nothing', 'avrdude: stk500_getsync() attempt 10 of 10: not in sync: resp=0x00\n', null],
  ])('version %s: the signature is found', (_, said, signature) => {
    expect(signatureIn(said)).toBe(signature);
  });

  it('another chip is named, one that is not known too', () => {
    expect(wrongChip('1e950f', flashTargets.uno)).toBeNull();
    expect(wrongChip('1e9801', flashTargets.uno)).toMatch(/1e9801 is ATmega2560; Arduino Uno has ATmega328P/);
    expect(wrongChip('123456', flashTargets.uno)).toMatch(/a chip that is not known here/);
    expect(wrongChip('000000', flashTargets.mega)).toMatch(/check the wiring/);
  });

  it.each([
    [
      'stk500_getsync() attempt 10 of 10: not in sync: resp=0x1c',
      false,
      /does not answer at 115200 baud.*Nothing was written/,
    ],
    ['avrdude OS error: cannot open port /dev/x: Permission denied', false, /dialout/],
    ['ser_open(): can\'t open device "/dev/x": No such file or directory', false, /There is no port/],
    [
      'verification error, first mismatch at byte 0x0080\n0x0c != 0xff',
      true,
      /first mismatch at byte 0x0080.*flash again/,
    ],
    [
      'avrdude: something new\n\navrdude done.  Thank you.\n',
      true,
      /gave up at \/dev\/x: something new.*half a firmware/,
    ],
  ])('%s: said in words', (said, wrote, sentence) => {
    const error = avrdudeFailure(said, '/dev/x', flashTargets.uno, wrote);
    expect(error.message).toMatch(sentence);
    expect(error.exitCode).toBe(5);
  });

  it('its bar is followed, in whatever pieces it comes', () => {
    const bar = (title: string) => `\n${title} | ${'#'.repeat(50)} | 100% 0.10s\n\n`;
    const said = `avrdude: reading input file a#b.hex\n${bar('Reading')}${bar('Writing')}avrdude: # written\n${bar('Reading')}`;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }), (pieces) => {
        const heard: Progress[] = [];
        const progress = new AvrdudeProgress((news) => heard.push(news));
        for (let at = 0, n = 0; at < said.length; at += pieces[n++ % pieces.length])
          progress.take(said.slice(at, at + pieces[n % pieces.length]));
        const parts = Array.from({ length: 51 }, (_, count) => count / 50);
        const doing = (what: Progress['doing']) => parts.map((part) => ({ doing: what, part }));
        expect(heard).toEqual([...doing('writing'), ...doing('checking')]);
      }),
    );
  });
});
