import { describe, expect, it } from 'vitest';
import type { ListedPort } from '../../host/board/find';
import { waysBack } from '../../host/board/way-back';

const uno = { vendorId: '2341', productId: '0043', serialNumber: '75834353' };
const clone = { vendorId: '1a86', productId: '7523' };
const at = (path: string, what: Omit<ListedPort, 'path'>): ListedPort => ({ path, ...what });
const others = new Set(['/dev/ttyUSB5']);

describe('a board that was unplugged', () => {
  it('with a USB serial number is found wherever it is plugged in', () => {
    const before = { ...at('/dev/ttyACM0', uno), others };
    const now = [at('/dev/ttyACM0', { ...uno, serialNumber: '1' }), at('/dev/ttyACM3', uno)];
    expect(waysBack(before, now)).toEqual(['/dev/ttyACM3']);
    expect(waysBack(before, [])).toEqual([]);
  });

  it('without one is looked for at its own path, then where one of its kind has just been plugged in', () => {
    const before = { ...at('/dev/ttyUSB0', clone), others };
    const now = [at('/dev/ttyUSB5', clone), at('/dev/ttyUSB1', clone), at('/dev/ttyUSB0', clone)];
    expect(waysBack(before, now)).toEqual(['/dev/ttyUSB0', '/dev/ttyUSB1']);
  });

  it('is no board of another kind, whatever its path', () => {
    const before = { ...at('/dev/ttyUSB0', clone), others };
    expect(waysBack(before, [at('/dev/ttyUSB0', { vendorId: '0403', productId: '6001' })])).toEqual([]);
    expect(waysBack(before, [at('/dev/ttyUSB1', { vendorId: '10c4', productId: 'ea60' })])).toEqual([]);
  });
});
