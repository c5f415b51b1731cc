import { describe, expect, it } from 'vitest';
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
    expect(loom.type('heddle 41 up')).toBe('error:6 out of range');
    expect(loom.type('x'.repeat(200))).toMatch(/error:2 length$/);
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
    expect(loom.type('heddle 3 up')).toBe('error:4 not in this state');
    loom.type('arm');
    loom.run(400);
    expect(loom.type('heddle 3 up')).toBe('ok');
    expect(loom.type('heddle 40 1500')).toBe('ok');
    loom.run(100);
    expect(loom.pulses[2]).toBeCloseTo(1700, -1);
    expect(loom.pulses[39]).toBeCloseTo(1500, -1);
    expect(loom.type('heddle 1 499')).toBe('error:6 out of range');
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
    expect(loom.type('arm')).toBe('error:4 not in this state');
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
