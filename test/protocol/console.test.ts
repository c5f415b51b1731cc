import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseConsoleLine } from '../../protocol/console';

it('a line is answered ok or with a numbered error', () => {
  expect(parseConsoleLine('ok')).toEqual({ kind: 'ok' });
  expect(parseConsoleLine('error:4 not in this state')).toEqual({
    kind: 'error',
    number: 4,
    text: 'not in this state',
  });
  expect(parseConsoleLine('error:12')).toEqual({ kind: 'error', number: 12, text: 'the e-stop is open' });
});

it('the status says state, fault and place', () => {
  expect(parseConsoleLine('<weaving|step 12|waiting 13|moving>')).toEqual({
    kind: 'status',
    state: 'weaving',
    fault: 'none',
    step: 12,
    waiting: 13,
    settled: false,
    estopOpen: false,
    hands: false,
  });
  expect(parseConsoleLine('<fault:stopbyte|step 3|waiting 0|settled|estop open|hands>')).toMatchObject({
    state: 'fault',
    fault: 'stopByte',
    settled: true,
    estopOpen: true,
    hands: true,
  });
});

it('anything else is text', () => {
  for (const line of ['', 'okay', 'error:x', '<>', '<dancing|step 1|waiting 0>', '<idle|step 1>', 'loom-uno 1.0'])
    expect(parseConsoleLine(line)).toEqual({ kind: 'text', text: line });
  fc.assert(
    fc.property(fc.string(), (line) => {
      parseConsoleLine(line);
    }),
  );
});
