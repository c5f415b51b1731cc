/** The two looms of docs/hardware.md, their wires drawn from the pin maps. */
import { Drawing, type Point, type Wire } from './drawing';
import { type PinMap, pinMaps } from './wire.table';

const row = 34;
/** The Arduino and the supply stand at the left, what hangs on them at the right. */
const left = { x: 60, width: 240, edge: 300 };
const parts = 660;
/** One above the other: the two contacts of the e-stop. */
const estopX = 430;

const label = (pin: number) => (pin >= 14 ? `A${pin - 14}` : `D${pin}`);
/** Height of each pin's terminal. A pin called '' is a gap. */
type Heights = ReadonlyMap<string, number>;

function arduino(drawing: Drawing, pins: readonly string[], top: number): Heights {
  drawing.box(left.x, top, left.width, 60 + pins.length * row, 'Arduino Uno or Nano', 'powered by USB from the host');
  const heights = new Map(pins.map((pin, i) => [pin, top + 72 + i * row]));
  heights.delete(''); // a gap
  for (const [pin, y] of heights) drawing.terminal(left.edge, y, pin, 'right');
  return heights;
}

/** Treadles, hands-in switch and e-stop, all to ground: the pull-ups are in the chip. */
function contacts(drawing: Drawing, map: PinMap, at: (pin: number) => number): void {
  const rows = [
    ['treadle', map.treadle, 'open'],
    ['back treadle (optional)', map.back, 'open'],
    ['hands-in switch (optional)', map.hands, 'open'],
    ['e-stop, second contact', map.estop, 'closed'],
  ] as const;
  const end = 622;
  for (const [name, pin, rest] of rows) {
    const kind: Wire = rest === 'closed' ? 'safety' : 'signal';
    drawing.wire(kind, [left.edge, at(pin)], [end, at(pin)]).contact(estopX, at(pin), rest, name);
  }
  const heights = rows.map(([, pin]) => at(pin));
  drawing.wire('ground', [end, Math.min(...heights)], [end, Math.max(...heights) + 8]);
  drawing.ground(end, Math.max(...heights) + 8).joint('ground', ...heights.map((y): Point => [end, y]));
}

function strip(drawing: Drawing, map: PinMap, at: (pin: number) => number): void {
  const [data, clock] = map.leds.map(at);
  drawing.wire('signal', [left.edge, data], [parts, data]).wire('clock', [left.edge, clock], [parts, clock]);
  drawing.inline(560, data, '330 Ω').inline(560, clock, '330 Ω');
  drawing.box(parts, data - 66, 270, clock - data + 92, 'LED strip', 'its own fused 5 V, 1000 µF at its start');
  drawing.terminal(parts, data, 'data in', 'left').terminal(parts, clock, 'clock in (a WS2812 has none)', 'left');
}

function supply(drawing: Drawing, top: number, amperes: string, terminals: readonly string[], step: number): number[] {
  drawing.box(left.x, top, left.width, 70 + terminals.length * step, 'Servo supply', amperes);
  return terminals.map((name, i) => {
    drawing.terminal(left.edge, top + 76 + i * step, name, 'right');
    return top + 76 + i * step;
  });
}

/** Twelve servos on pins. */
export function uno12Drawing(): string {
  const map: PinMap = pinMaps['uno-12'];
  const inputs = [map.treadle, map.back, map.hands, map.estop].map(label);
  const drawing = new Drawing(
    1180,
    1150,
    'Wiring of a 12-heddle loom on an Arduino Uno',
    'Twelve servo signals go straight to the pins. Servo power comes from its own supply through the first contact of the e-stop and a fuse. The second contact, the treadles and the hands-in switch close pins to ground.',
  );
  drawing.text(left.x, 44, 'uno-12: twelve servos on pins', { size: 22, bold: true });
  const pins = arduino(drawing, [...map.servos.map(label), '', ...inputs, '', ...map.leds.map(label), 'GND'], 80);
  const at = (pin: number) => pins.get(label(pin)) ?? 0;

  const [first, last] = [at(map.servos[0]), at(map.servos[map.servos.length - 1])];
  const edge = parts + 270;
  drawing.box(parts, first - 66, 270, last - first + 180, 'Servos 1–12', 'one heddle each');
  for (const [i, pin] of map.servos.entries()) {
    drawing.wire('signal', [left.edge, at(pin)], [parts, at(pin)]);
    drawing.terminal(parts, at(pin), `signal, heddle ${i + 1}`, 'left');
  }
  const [plus, minus] = [last + 42, last + 94];
  drawing.terminal(edge, plus, 'V+ of all', 'right').terminal(edge, minus, 'ground of all', 'right');
  contacts(drawing, map, at);
  strip(drawing, map, at);

  const [five, zero] = supply(drawing, 970, '5 V, 5 A', ['+5 V', '0 V'], 40);
  drawing.wire('power', [left.edge, five], [1080, five], [1080, plus], [edge, plus]);
  drawing.wire('ground', [left.edge, zero], [1130, zero], [1130, minus], [edge, minus]);
  drawing.contact(estopX, five, 'closed', 'e-stop, first contact').inline(356, five, 'fuse 5 A');
  drawing.link([estopX, at(map.estop)], [estopX, five]);
  drawing.text(estopX + 8, 930, 'one mushroom button', { size: 12 });
  const ground = pins.get('GND') ?? 0;
  drawing.wire('ground', [left.edge, ground], [314, ground], [314, zero]).joint('ground', [314, zero]);
  drawing.text(450, ground + 5, 'GND and 0 V meet in one place only', { size: 12 });
  drawing.capacitor(985, plus, minus, '1000 µF').joint('power', [985, plus]).joint('ground', [985, minus]);
  return drawing.svg();
}

/** Forty servos on three PCA9685 boards. */
export function exhibition40Drawing(): string {
  const map: PinMap = pinMaps['exhibition-40'];
  const [sda, scl] = map.i2c ?? [0, 0];
  const bus: readonly (readonly [string, string, Wire])[] = [
    [label(map.oe ?? 0), 'OE', 'safety'],
    [`${label(scl)} SCL`, 'SCL', 'clock'],
    [`${label(sda)} SDA`, 'SDA', 'signal'],
    ['GND', 'GND', 'ground'],
  ];
  const inputs = [map.treadle, map.back, map.hands, map.estop].map(label);
  const drawing = new Drawing(
    1340,
    1160,
    'Wiring of a 40-heddle loom on three PCA9685 boards',
    'Output enable, SCL, SDA, 5 V and ground run along three PCA9685 boards; output enable is pulled up to off. Servo power comes through a main fuse, the contact of a relay that the e-stop lets go, and a fuse for each board.',
  );
  drawing.text(left.x, 44, 'exhibition-40: forty servos on three PCA9685 boards', { size: 22, bold: true });
  const names = ['5V', '', '', ...bus.map(([pin]) => pin), '', '', ...inputs, '', '', ...map.leds.map(label)];
  const pins = arduino(drawing, names, 80);
  const at = (pin: number) => pins.get(label(pin)) ?? 0;
  const y = (name: string) => pins.get(name) ?? 0;

  const boards = [
    { x: parts, address: '0x40', heddles: 'heddles 1–16' },
    { x: parts + 220, address: '0x41', heddles: 'heddles 17–32' },
    { x: parts + 440, address: '0x42', heddles: 'heddles 33–40' },
  ];
  const lines: readonly (readonly [string, string, Wire])[] = [['5V', 'VCC', 'power'], ...bus];
  const bottom = y('GND') + 52;
  for (const { x, address, heddles } of boards) {
    drawing.box(x, y('5V') - 66, 180, bottom - y('5V') + 66, `PCA9685 ${address}`, heddles);
  }
  for (const [pin, name, kind] of lines) {
    drawing.wire(kind, [left.edge, y(pin)], [parts, y(pin)]);
    for (const { x } of boards) {
      if (x > parts) drawing.wire(kind, [x - 40, y(pin)], [x - 5, y(pin)]);
      drawing.terminal(x, y(pin), name, 'left');
    }
  }
  for (const [i, [pin, , kind]] of bus.slice(0, 3).entries()) {
    const x = 380 + i * 90;
    drawing
      .wire(kind, [x, y('5V')], [x, y(pin)])
      .joint('power', [x, y('5V')])
      .joint(kind, [x, y(pin)]);
    drawing.upright(x, y('5V') + 48, i === 0 ? '1 kΩ' : '2.2 kΩ');
  }
  contacts(drawing, map, at);
  strip(drawing, map, at);

  const [five, coil, zero] = supply(drawing, 900, '5 V, 15 A', ['+5 V', '+5 V', '0 V'], 50);
  const rail = bottom + 110;
  drawing.wire('power', [left.edge, five], [1300, five], [1300, rail], [parts + 130, rail]);
  drawing.inline(356, five, 'fuse 15 A').contact(800, five, 'open', 'relay contact, 30 A');
  for (const [i, { x }] of boards.entries()) {
    drawing.wire('power', [x + 130, bottom], [x + 130, rail]).joint('power', [x + 130, rail]);
    drawing.terminal(x + 130, bottom, '', 'right').text(x + 120, bottom - 10, 'V+', { anchor: 'end' });
    drawing.upright(x + 130, bottom + 55, i === 0 ? '7.5 A for each board' : '');
  }
  drawing.wire('safety', [left.edge, coil], [800, coil], [800, zero]);
  drawing.contact(estopX, coil, 'closed', 'e-stop, first contact').inline(356, coil, 'fuse 1 A');
  drawing.box(740, coil + 10, 120, 28, '').text(800, coil + 29, 'relay coil', { anchor: 'middle' });
  drawing.link([800, five], [800, coil + 10]).link([estopX, at(map.estop)], [estopX, coil]);
  drawing.wire('ground', [left.edge, zero], [800, zero]).ground(800, zero);
  drawing.lines(900, coil, [
    'Each board has its own pair of wires for V+ and',
    'ground (1.5 mm²) and 1000 µF at its terminals.',
    'Grounds meet at one star point at the supply.',
  ]);
  return drawing.svg();
}
