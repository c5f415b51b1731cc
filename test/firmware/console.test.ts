import { describe, expect, it } from 'vitest';
import { settings } from '../../protocol/wire.table';
import { LoomOnABench, rowOf } from './loom-on-a-bench';

function terminal(): LoomOnABench {
  return new LoomOnABench().run(50);
}

describe('the console', () => {
  it.each(['\r', '\n', '\r\n'])('takes a line that ends with %j', (end) => {
    const loom = terminal();
    expect(loom.type('arm', end)).toBe('ok');
    expect(loom.type('park', end)).toBe('ok');
  });

  it('answers every line once', () => {
    const loom = terminal();
    for (const line of [
      '',
      'help',
      'info',
      'nonsense',
      'heddle',
      'heddle 41 up',
      'lift 2',
      'armx',
      ' arm',
      'x'.repeat(200),
    ]) {
      loom.type(line);
      loom.run(100);
      expect(loom.text.match(/(^|\n)(ok|error:\d+ )/g)).toHaveLength(1);
    }
    expect(loom.type('heddle 41 up')).toMatch(/^error:6 ./);
    expect(loom.type('x'.repeat(200))).toMatch(/error:2 .*too long$/);
  });

  it('echoes until there is a session, and rubs out', () => {
    const loom = terminal();
    loom.uno.send(Buffer.from('arx\x08m\x7fm\r'));
    loom.run(50);
    expect(loom.text).toBe('arx\b \bm\b \bm\r\nok\r\n');
    loom.text = '';
    loom.hello();
    loom.uno.send(Buffer.from('park\r'));
    loom.run(50);
    expect(loom.text).toBe('ok\r\n');
    expect(loom.type('echo on')).toBe('ok');
    loom.text = '';
    loom.uno.send(Buffer.from('\r'));
    loom.run(20);
    expect(loom.text).toBe('\r\nok\r\n');
  });

  it('says at once how things are, in the middle of a line too', () => {
    const loom = terminal();
    loom.uno.send(Buffer.from('he?lp\r'));
    loom.run(100);
    expect(loom.text).toContain('<idle|step 0|waiting 0|settled>\r\n');
    expect(loom.text).toMatch(/ok\r\n$/);
  });

  it('moves heddles when armed', () => {
    const loom = terminal();
    expect(loom.type('heddle 3 up')).toMatch(/^error:4 not in this state/);
    loom.type('arm');
    loom.run(400);
    expect(loom.type('heddle 3 up')).toBe('ok');
    expect(loom.type('heddle 40 1500')).toBe('ok');
    loom.run(100);
    expect(loom.pulses[2]).toBeCloseTo(1700, -1);
    expect(loom.pulses[39]).toBeCloseTo(1500, -1);
    expect(loom.type('heddle 1 499')).toMatch(/^error:6 ./);
    expect(loom.type('lift 1011')).toBe('ok');
    loom.run(100);
    expect(loom.pulses.map((pulse) => (pulse > 1500 ? 1 : 0)).slice(0, 6)).toEqual([1, 0, 1, 1, 0, 0]);
    expect(loom.pulses[39]).toBeCloseTo(1300, -1);
    expect(loom.type('park')).toBe('ok');
    loom.run(400);
    loom.type('?');
    expect(loom.text).toContain('<idle');
  });

  it('stops at a !, and clears', () => {
    const loom = terminal();
    loom.type('arm');
    loom.uno.send(Buffer.from('!'));
    loom.run(30);
    expect(loom.type('?')).toContain('<fault:console|');
    expect(loom.type('arm')).toMatch(/^error:4 not in this state/);
    expect(loom.type('clear')).toBe('ok');
  });

  it('lets go of the heddles when nobody has typed for console.release', () => {
    const loom = terminal();
    loom.type('arm');
    loom.run(9 * 60_000);
    loom.type('');
    loom.run(9 * 60_000);
    expect(loom.type('?')).toContain('<armed');
    loom.run(11 * 60_000);
    expect(loom.type('?')).toContain('<released');
  });

  it('goes on between messages', () => {
    const loom = terminal();
    loom.hello();
    loom.uno.send(Buffer.from('ar'));
    loom.ask('STATUS', {});
    loom.text = '';
    loom.uno.send(Buffer.from('m\r'));
    loom.run(400);
    expect(loom.text).toBe('ok\r\n');
    expect(loom.try('ROW', { step: 1, row: rowOf([]) })).toBe('ack');
  });
});

describe('settings in the console', () => {
  /** What a line answers, its ok or error last. */
  const lines = (loom: LoomOnABench, line: string): string[] => {
    loom.type(line);
    loom.until(() => /(^|\n)(ok|error:\d+ [^\n]*)\r?\n$/.test(loom.text), `the answer to ${line}`);
    return loom.text.split('\r\n').slice(0, -1);
  };
  const quiet = (): LoomOnABench => {
    const loom = terminal();
    lines(loom, 'echo off');
    return loom;
  };

  it('are listed one a line, each with its value, heddle by heddle and board by board', () => {
    const all = lines(quiet(), '$$');
    expect(all.at(-1)).toBe('ok');
    expect(all.slice(0, settings.length)).toEqual(settings.map(({ name, initial }) => `$${name}=${initial}`));
    expect(all[settings.length]).toBe('$H1=-,-,0,0');
    expect(all[settings.length + 39]).toBe('$H40=-,-,39,39');
    expect(all.slice(settings.length + 40, -1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((board) => `$B${board}=25000`));
  });

  it('are shown and changed by name; the stored value is what is told', () => {
    const loom = quiet();
    expect(lines(loom, '$servo.up')).toEqual(['$servo.up=1700', 'ok']);
    expect(lines(loom, '$servo.up=1723')).toEqual(['ok']);
    expect(lines(loom, '$servo.up')).toEqual(['$servo.up=1720', 'ok']);
    expect(lines(loom, '?')[0]).toContain('|unsaved>');
  });

  it('of a heddle and a board are shown and changed in part: what is empty stays, - is none', () => {
    const loom = quiet();
    expect(lines(loom, '$H12=1800,,44,-')).toEqual(['ok']);
    expect(lines(loom, '$H12')).toEqual(['$H12=1800,-,44,-', 'ok']);
    expect(lines(loom, '$H12=-,1100')).toEqual(['ok']);
    expect(lines(loom, '$H12')).toEqual(['$H12=-,1100,44,-', 'ok']);
    expect(lines(loom, '$B2=26110')).toEqual(['ok']);
    expect(lines(loom, '$B2')).toEqual(['$B2=26100', 'ok']);
    lines(loom, 'arm');
    loom.run(400);
    expect(lines(loom, 'heddle 12 down')).toEqual(['ok']);
  });

  it('are kept by save through a power cut, dropped by load, and set to the first by defaults', () => {
    const loom = quiet();
    lines(loom, '$move.k=3');
    expect(lines(loom, 'save')).toEqual(['ok']);
    lines(loom, '$move.k=5');
    expect(lines(loom, 'load')).toEqual(['ok']);
    expect(lines(loom, '$move.k')).toEqual(['$move.k=3', 'ok']);
    expect(lines(loom, 'defaults')).toEqual(['ok']);
    expect(lines(loom, '$move.k')).toEqual(['$move.k=8', 'ok']);
    loom.uno.powerCut();
    loom.run(60);
    lines(loom, 'echo off');
    expect(lines(loom, '$move.k')).toEqual(['$move.k=3', 'ok']);
    expect(loom.uno.counts).toMatchObject({ readsWhileWriting: 0, writesWhileWriting: 0 });
  });

  it.each([
    '$nonsense',
    '$servo.up=',
    '$servo.up=9999',
    '$servo.up=12x',
    '$servo.upper=1700',
    '$H0=1700',
    '$H41=1700',
    '$H1=1700,1300,0,0,0',
    '$H',
    '$H1=x',
    '$B9=25000',
    '$B1=1',
    '$',
  ])('that make no sense are refused in a sentence: %s', (line) => {
    const loom = quiet();
    const before = lines(loom, '$$');
    expect(lines(loom, line)).toEqual([expect.stringMatching(/^error:\d+ .{10,}/)]);
    expect(lines(loom, '$$')).toEqual(before);
  });

  it('change only while nothing can move', () => {
    const loom = quiet();
    lines(loom, 'arm');
    loom.run(400);
    expect(lines(loom, '$servo.up=1600')).toEqual([expect.stringMatching(/^error:4 /)]);
    expect(lines(loom, 'save')).toEqual([expect.stringMatching(/^error:4 /)]);
  });

  it('may be sent without waiting: each line is answered, in order', () => {
    const loom = quiet();
    loom.text = '';
    loom.uno.send(Buffer.from('$move.k=3\r$move.k\r$$\rsave\r$move.k=4\r$move.k\r'));
    loom.until(() => (loom.text.match(/(^|\n)ok/g) ?? []).length === 6, 'six answers', 20_000).run(5);
    expect(loom.text).toMatch(/^ok\r\n\$move\.k=3\r\nok\r\n\$outputs=0/);
    expect(loom.text.endsWith('ok\r\nok\r\n$move.k=4\r\nok\r\n')).toBe(true);
  });

  it('listed while heddles are up, give way to a stop', () => {
    const loom = quiet();
    lines(loom, 'arm');
    loom.hello();
    loom.run(400);
    loom.text = '';
    loom.uno.send(Buffer.from('$$\r'));
    loom.run(30);
    loom.uno.send(Buffer.from('!'));
    loom.run(20);
    expect(loom.state).toBe('fault');
    expect(loom.text).not.toMatch(/ok\r\n$/);
    loom.until(() => /ok\r\n$/.test(loom.text), 'the end of the listing');
    expect(lines(loom, '?')[0]).toContain('<fault:console|');
  });
});
