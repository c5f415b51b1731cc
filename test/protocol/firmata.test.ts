import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Demultiplexer, firmwareReport, type Part } from '../../protocol/firmata';
import { decodeHost, encodeHost } from '../../protocol/wire';

type Feed = [at: number, bytes: number[] | string][];
const bytesOf = (bytes: number[] | string) =>
  typeof bytes === 'string' ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes);

function parts(feed: Feed, from: 'host' | 'board' = 'board'): Part[] {
  const taken: Part[] = [];
  const wire = new Demultiplexer({ from }, (part) => taken.push(part));
  for (const [at, bytes] of feed) wire.push(bytesOf(bytes), at);
  return taken;
}
const lines = (feed: Feed) => parts(feed).flatMap((part) => (part.kind === 'line' ? [part.text] : []));
const errors = (feed: Feed) => parts(feed).flatMap((part) => (part.kind === 'error' ? [part.why] : []));
const sysex = (id: number, ...body: number[]) => ({ kind: 'sysex', id, body: Uint8Array.from(body) });

describe('messages', () => {
  it('of fixed length and sysex are told apart', () => {
    expect(parts([[0, [0xf9, 2, 5, 0xf0, 0x79, 2, 5, 0xf7, 0xe3, 1, 2, 0xc1, 1]]])).toEqual([
      { kind: 'message', command: 0xf9, data: Uint8Array.of(2, 5) },
      sysex(0x79, 2, 5),
      { kind: 'message', command: 0xe3, data: Uint8Array.of(1, 2) },
      { kind: 'message', command: 0xc1, data: Uint8Array.of(1) },
    ]);
  });

  it('of a host ask for the version in one byte', () => {
    expect(parts([[0, [0xf9]]], 'host')).toEqual([{ kind: 'message', command: 0xf9, data: new Uint8Array() }]);
  });

  it('let the stop byte through in their middle and go on', () => {
    expect(parts([[0, [0xf0, 0x0c, 1, 0xff, 2, 0xf7]]])).toEqual([{ kind: 'reset' }, sysex(0x0c, 1, 2)]);
  });

  it('are still found right after one that was cut off', () => {
    expect(parts([[0, [0xf0, 0x0c, 1, 2, 0xf0, 0x0c, 3, 0xf7]]])).toEqual([
      { kind: 'error', why: 'aborted' },
      sysex(0x0c, 3),
    ]);
  });

  it('are dropped when 100 ms pass without a byte', () => {
    const start: Feed = [[0, [0xf0, 0x0c, 1]]];
    expect(parts([...start, [99, [2, 0xf7]]])).toEqual([sysex(0x0c, 1, 2)]);
    expect(errors([...start, [100, []]])).toEqual(['stale']);
    expect(errors([...start, [100, [0xf7]]])).toEqual(['stale', 'stray']);
  });

  it('that are empty, endless or unheard of are errors', () => {
    expect(errors([[0, [0xf0, 0xf7]]])).toEqual(['empty']);
    expect(errors([[0, [0xf0, ...new Array(5000).fill(0x7e), 0xf7]]])).toEqual(['oversize']);
    expect(errors([[0, [0xf1]]])).toEqual(['unknown']);
    expect(errors([[0, [0xf7]]])).toEqual(['stray']);
  });
});

describe('console text', () => {
  it('stands between messages, and a line may go on after one', () => {
    expect(lines([[0, [...bytesOf('o'), 0xf0, 0x0c, 0x21, 0xf7, ...bytesOf('k\n')]]])).toEqual(['ok']);
  });

  it('ends its lines with CR, LF or CRLF', () => {
    expect(lines([[0, 'a\rb\nc\r\n\r\nd\n\n']])).toEqual(['a', 'b', 'c', '', 'd', '']);
  });

  it('is cut at 256 bytes a line', () => {
    const [line] = parts([[0, `${'x'.repeat(300)}\n`]]);
    expect(line).toEqual({ kind: 'line', text: 'x'.repeat(256), cut: true });
    expect(parts([[0, `${'x'.repeat(256)}\n`]])).toEqual([{ kind: 'line', text: 'x'.repeat(256), cut: false }]);
  });

  it('is discarded after an error up to the next line end', () => {
    expect(lines([[0, [...bytesOf('half'), 0xf7, ...bytesOf(' ~ 1\nok\n')]]])).toEqual(['ok']);
  });

  it('is discarded after an error until 50 ms of silence', () => {
    const error: Feed = [[0, [0xf7]]];
    expect(lines([...error, [49, 'ok\n']])).toEqual([]);
    expect(lines([...error, [50, 'ok\n']])).toEqual(['ok']);
    expect(lines([...error, [30, 'debris'], [79, 'ok\n'], [80, 'yes\n']])).toEqual(['yes']);
  });

  it('is discarded for 50 ms more when a stale message was dropped', () => {
    const stale: Feed = [[0, [0xf0, 0x0c]]];
    expect(lines([...stale, [149, 'ok\n']])).toEqual([]);
    expect(lines([...stale, [150, 'ok\n']])).toEqual(['ok']);
  });

  it('is discarded behind a message that the reader distrusts', () => {
    const taken: string[] = [];
    const wire = new Demultiplexer({ from: 'board' }, (part) => {
      if (part.kind === 'sysex') wire.distrust();
      if (part.kind === 'line') taken.push(part.text);
    });
    wire.push(bytesOf([0xf0, 0x0c, 0xf7, ...bytesOf('!\nok\n')]), 0);
    expect(taken).toEqual(['ok']);
  });
});

it('a firmware report says its name and version', () => {
  const name = [...'Loom'].flatMap((letter) => [letter.charCodeAt(0), 0]);
  expect(firmwareReport(Uint8Array.of(2, 5, ...name))).toEqual({ name: 'Loom', version: '2.5' });
  expect(firmwareReport(Uint8Array.of(2))).toBeNull();
});

describe('whatever comes', () => {
  const noise = fc.array(
    fc.oneof(
      fc.nat(255),
      fc.constantFrom(0xf0, 0xf7, 0xff, 0x0c, 0x0a, 0x0d, 0x21, 0x7e),
      fc.integer({ min: 0x20, max: 0x7e }),
    ),
    { maxLength: 80 },
  );
  const timed = fc.array(fc.record({ after: fc.constantFrom(0, 1, 30, 49, 50, 51, 99, 100, 101, 400), bytes: noise }), {
    maxLength: 6,
  });

  it('chunks and idle calls in between change nothing', () => {
    fc.assert(
      fc.property(timed, fc.infiniteStream(fc.nat(4)), (chunks, cuts) => {
        const whole: Feed = [];
        const pieces: Feed = [];
        let now = 0;
        for (const { after, bytes } of chunks) {
          for (let t = now; t < now + after; t += 17) pieces.push([t, []]);
          now += after;
          whole.push([now, bytes]);
          for (let at = 0; at < bytes.length; ) {
            const { value } = cuts.next();
            pieces.push([now, bytes.slice(at, at + value)]);
            at += value;
            if (value === 0) pieces.push([now, bytes.slice(at, ++at)]);
          }
        }
        whole.push([now + 1000, []]);
        pieces.push([now + 1000, []]);
        expect(parts(pieces)).toEqual(parts(whole));
      }),
    );
  });

  it('a whole frame after it is found', () => {
    fc.assert(
      fc.property(noise, fc.nat(0xffff), (garbage, step) => {
        const frame = encodeHost('OPEN', 3, { step }, 0x5555);
        const last = parts([[0, [...garbage, ...frame]]], 'host').at(-1);
        expect(last?.kind === 'sysex' && last.id === 0x0c && decodeHost(last.body, 0x5555)).toMatchObject({
          name: 'OPEN',
          fields: { step },
        });
      }),
    );
  });

  it('text is read again after 150 ms of silence', () => {
    fc.assert(
      fc.property(noise, (garbage) => {
        const text = lines([
          [0, garbage],
          [150, 'ok\n'],
        ]).at(-1);
        expect(text?.endsWith('ok')).toBe(true);
      }),
    );
  });
});
