/** Executes instructions quickly: the common ones here, the rare ones by avr8js. The tests hold both against each other. */
import { avrInstruction } from './avr8js';
import type { Core } from './core';
import * as op from './decode';
import { decoded, isTwoWords } from './decode';

const SREG = 0x5f;
const SPL = 0x5d;
const SPH = 0x5e;
const SMCR = 0x53;
const SE = 1;
/** Beyond them no address has a hook. */
const registers = 0x100;

/** SREG after a subtraction of one byte, without Z. */
function subtracted(sreg: number, d: number, r: number, R: number): number {
  const borrow = (~d & r) | (r & R) | (R & ~d);
  const n = R >> 7;
  const v = ((d ^ r) & (d ^ R)) >> 7;
  return (
    (sreg & 0xc0) | ((borrow >> 7) & 1) | (n << 2) | ((v & 1) << 3) | ((n ^ (v & 1)) << 4) | (((borrow >> 3) & 1) << 5)
  );
}

/** SREG after an addition of one byte, with Z. */
function added(sreg: number, d: number, r: number, R: number): number {
  const carry = (d & r) | (r & ~R) | (~R & d);
  const n = R >> 7;
  const v = (((d ^ R) & (r ^ R)) >> 7) & 1;
  return (
    (sreg & 0xc0) |
    ((carry >> 7) & 1) |
    (R === 0 ? 2 : 0) |
    (n << 2) |
    (v << 3) |
    ((n ^ v) << 4) |
    (((carry >> 3) & 1) << 5)
  );
}

/** SREG after a logical operation: V cleared, C and H kept. */
function logical(sreg: number, R: number): number {
  return (sreg & 0xe1) | (R === 0 ? 2 : 0) | (R & 0x80 ? 0x14 : 0);
}

/** SREG after a shift to the right: V = N ^ C. */
function shifted(sreg: number, R: number, carry: number): number {
  const n = R >> 7;
  return (sreg & 0xe0) | carry | (R === 0 ? 2 : 0) | (n << 2) | ((n ^ carry) << 3) | (carry << 4);
}

/**
 * Executes at least one instruction, and goes on until the core's clock shows `deadline` or a clock event is due, or
 * something has happened that the core must look at: an interrupt became pending or allowed, sleep began.
 */
export function execute(core: Core, deadline: number): void {
  const { data, progMem, readHooks } = core;
  let { pc, cycles } = core;
  let until = deadline;

  const read = (address: number): number => {
    if (address >= registers || !readHooks[address]) return data[address];
    core.cycles = cycles;
    const value = readHooks[address](address);
    cycles = core.cycles;
    if (core.nextEventAt < until) until = core.nextEventAt;
    return value;
  };
  const write = (address: number, value: number, mask: number): void => {
    if (address >= registers) {
      data[address] = value;
      return;
    }
    core.cycles = cycles;
    core.writeData(address, value, mask);
    cycles = core.cycles;
    if (core.nextEventAt < until) until = core.nextEventAt;
    if (core.mustLook) until = 0;
  };

  do {
    const opcode = progMem[pc];
    const d = (opcode >> 4) & 0x1f;
    switch (decoded[opcode]) {
      case op.LDI:
        data[16 | (d & 15)] = (opcode & 0x0f) | ((opcode >> 4) & 0xf0);
        break;
      case op.MOV:
        data[d] = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        break;
      case op.MOVW: {
        const to = (opcode >> 3) & 0x1e;
        const from = (opcode << 1) & 0x1e;
        data[to] = data[from];
        data[to + 1] = data[from + 1];
        break;
      }
      case op.ADD: {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const R = (a + b) & 0xff;
        data[d] = R;
        data[SREG] = added(data[SREG], a, b, R);
        break;
      }
      case op.ADC: {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const R = (a + b + (data[SREG] & 1)) & 0xff;
        data[d] = R;
        data[SREG] = added(data[SREG], a, b, R);
        break;
      }
      case op.SUB: {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const R = (a - b) & 0xff;
        data[d] = R;
        data[SREG] = subtracted(data[SREG], a, b, R) | (R === 0 ? 2 : 0);
        break;
      }
      case op.SBC: {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const sreg = data[SREG];
        const R = (a - b - (sreg & 1)) & 0xff;
        data[d] = R;
        data[SREG] = subtracted(sreg, a, b, R) | (R === 0 ? sreg & 2 : 0);
        break;
      }
      case op.CP: {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const R = (a - b) & 0xff;
        data[SREG] = subtracted(data[SREG], a, b, R) | (R === 0 ? 2 : 0);
        break;
      }
      case op.CPC: {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const sreg = data[SREG];
        const R = (a - b - (sreg & 1)) & 0xff;
        data[SREG] = subtracted(sreg, a, b, R) | (R === 0 ? sreg & 2 : 0);
        break;
      }
      case op.CPI: {
        const a = data[16 | (d & 15)];
        const b = (opcode & 0x0f) | ((opcode >> 4) & 0xf0);
        const R = (a - b) & 0xff;
        data[SREG] = subtracted(data[SREG], a, b, R) | (R === 0 ? 2 : 0);
        break;
      }
      case op.SUBI: {
        const at = 16 | (d & 15);
        const a = data[at];
        const b = (opcode & 0x0f) | ((opcode >> 4) & 0xf0);
        const R = (a - b) & 0xff;
        data[at] = R;
        data[SREG] = subtracted(data[SREG], a, b, R) | (R === 0 ? 2 : 0);
        break;
      }
      case op.SBCI: {
        const at = 16 | (d & 15);
        const a = data[at];
        const b = (opcode & 0x0f) | ((opcode >> 4) & 0xf0);
        const sreg = data[SREG];
        const R = (a - b - (sreg & 1)) & 0xff;
        data[at] = R;
        data[SREG] = subtracted(sreg, a, b, R) | (R === 0 ? sreg & 2 : 0);
        break;
      }
      case op.AND: {
        const R = data[d] & data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        data[d] = R;
        data[SREG] = logical(data[SREG], R);
        break;
      }
      case op.OR: {
        const R = data[d] | data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        data[d] = R;
        data[SREG] = logical(data[SREG], R);
        break;
      }
      case op.EOR: {
        const R = data[d] ^ data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        data[d] = R;
        data[SREG] = logical(data[SREG], R);
        break;
      }
      case op.ANDI: {
        const R = data[16 | (d & 15)] & ((opcode & 0x0f) | ((opcode >> 4) & 0xf0));
        data[16 | (d & 15)] = R;
        data[SREG] = logical(data[SREG], R);
        break;
      }
      case op.ORI: {
        const R = data[16 | (d & 15)] | (opcode & 0x0f) | ((opcode >> 4) & 0xf0);
        data[16 | (d & 15)] = R;
        data[SREG] = logical(data[SREG], R);
        break;
      }
      case op.INC: {
        const R = (data[d] + 1) & 0xff;
        data[d] = R;
        data[SREG] = (data[SREG] & 0xe1) | (R === 0 ? 2 : R === 0x80 ? 0x0c : R & 0x80 ? 0x14 : 0);
        break;
      }
      case op.DEC: {
        const R = (data[d] - 1) & 0xff;
        data[d] = R;
        data[SREG] = (data[SREG] & 0xe1) | (R === 0 ? 2 : R === 0x7f ? 0x18 : R & 0x80 ? 0x14 : 0);
        break;
      }
      case op.LSR: {
        const a = data[d];
        data[d] = a >> 1;
        data[SREG] = shifted(data[SREG], a >> 1, a & 1);
        break;
      }
      case op.ROR: {
        const a = data[d];
        const R = (a >> 1) | ((data[SREG] & 1) << 7);
        data[d] = R;
        data[SREG] = shifted(data[SREG], R, a & 1);
        break;
      }
      case op.SWAP:
        data[d] = (data[d] << 4) | (data[d] >> 4);
        break;
      case op.ADIW: {
        const at = 24 + 2 * (d & 3);
        const a = data[at] | (data[at + 1] << 8);
        const R = (a + ((opcode & 0x0f) | ((opcode >> 2) & 0x30))) & 0xffff;
        data[at] = R;
        data[at + 1] = R >> 8;
        const n = R >> 15;
        const v = ((~a & R) >> 15) & 1;
        const c = ((a & ~R) >> 15) & 1;
        data[SREG] = (data[SREG] & 0xe0) | c | (R === 0 ? 2 : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4);
        cycles++;
        break;
      }
      case op.SBIW: {
        const at = 24 + 2 * (d & 3);
        const a = data[at] | (data[at + 1] << 8);
        const R = (a - ((opcode & 0x0f) | ((opcode >> 2) & 0x30))) & 0xffff;
        data[at] = R;
        data[at + 1] = R >> 8;
        const n = R >> 15;
        const v = ((a & ~R) >> 15) & 1;
        const c = ((R & ~a) >> 15) & 1;
        data[SREG] = (data[SREG] & 0xe0) | c | (R === 0 ? 2 : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4);
        cycles++;
        break;
      }
      case op.MUL: {
        const R = data[d] * data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        data[0] = R;
        data[1] = R >> 8;
        data[SREG] = (data[SREG] & 0xfc) | (R === 0 ? 2 : 0) | (R >> 15);
        cycles++;
        break;
      }
      case op.BRBS:
        if ((data[SREG] >> (opcode & 7)) & 1) {
          pc += (opcode << 22) >> 25;
          cycles++;
        }
        break;
      case op.BRBC:
        if (!((data[SREG] >> (opcode & 7)) & 1)) {
          pc += (opcode << 22) >> 25;
          cycles++;
        }
        break;
      case op.RJMP:
        pc += (opcode << 20) >> 20;
        cycles++;
        break;
      case op.JMP:
        pc = progMem[pc + 1] - 1;
        cycles += 2;
        break;
      case op.RCALL:
      case op.CALL: {
        const far = decoded[opcode] === op.CALL;
        const back = pc + (far ? 2 : 1);
        const sp = data[SPL] | (data[SPH] << 8);
        data[sp] = back & 0xff;
        data[sp - 1] = back >> 8;
        data[SPL] = sp - 2;
        data[SPH] = (sp - 2) >> 8;
        pc = far ? progMem[pc + 1] - 1 : pc + ((opcode << 20) >> 20);
        cycles += far ? 3 : 2;
        break;
      }
      case op.RET:
      case op.RETI: {
        const sp = (data[SPL] | (data[SPH] << 8)) + 2;
        data[SPL] = sp;
        data[SPH] = sp >> 8;
        pc = ((data[sp - 1] << 8) | data[sp]) - 1;
        cycles += 3;
        if (decoded[opcode] === op.RETI) {
          data[SREG] |= 0x80;
          core.inhibited = true;
          until = 0;
        }
        break;
      }
      case op.LDS:
        data[d] = read(progMem[pc + 1]);
        pc++;
        cycles++;
        break;
      case op.STS:
        write(progMem[pc + 1], data[d], 0xff);
        pc++;
        cycles++;
        break;
      case op.LD_X:
        data[d] = read(data[26] | (data[27] << 8));
        cycles++;
        break;
      case op.LD_X_INC: {
        const address = data[26] | (data[27] << 8);
        data[d] = read(address);
        data[26] = address + 1;
        data[27] = (address + 1) >> 8;
        cycles++;
        break;
      }
      case op.ST_X:
        write(data[26] | (data[27] << 8), data[d], 0xff);
        cycles++;
        break;
      case op.ST_X_INC: {
        const address = data[26] | (data[27] << 8);
        write(address, data[d], 0xff);
        data[26] = address + 1;
        data[27] = (address + 1) >> 8;
        cycles++;
        break;
      }
      case op.LDD_Y:
        data[d] = read((data[28] | (data[29] << 8)) + ((opcode & 7) | ((opcode >> 7) & 0x18) | ((opcode >> 8) & 0x20)));
        cycles++;
        break;
      case op.LDD_Z:
        data[d] = read((data[30] | (data[31] << 8)) + ((opcode & 7) | ((opcode >> 7) & 0x18) | ((opcode >> 8) & 0x20)));
        cycles++;
        break;
      case op.STD_Y:
        write(
          (data[28] | (data[29] << 8)) + ((opcode & 7) | ((opcode >> 7) & 0x18) | ((opcode >> 8) & 0x20)),
          data[d],
          0xff,
        );
        cycles++;
        break;
      case op.STD_Z:
        write(
          (data[30] | (data[31] << 8)) + ((opcode & 7) | ((opcode >> 7) & 0x18) | ((opcode >> 8) & 0x20)),
          data[d],
          0xff,
        );
        cycles++;
        break;
      case op.LD_Z_INC: {
        const address = data[30] | (data[31] << 8);
        data[d] = read(address);
        data[30] = address + 1;
        data[31] = (address + 1) >> 8;
        cycles++;
        break;
      }
      case op.ST_Z_INC: {
        const address = data[30] | (data[31] << 8);
        write(address, data[d], 0xff);
        data[30] = address + 1;
        data[31] = (address + 1) >> 8;
        cycles++;
        break;
      }
      case op.LPM:
        data[d] = core.progBytes[data[30] | (data[31] << 8)];
        cycles += 2;
        break;
      case op.LPM_INC: {
        const address = data[30] | (data[31] << 8);
        data[d] = core.progBytes[address];
        data[30] = address + 1;
        data[31] = (address + 1) >> 8;
        cycles += 2;
        break;
      }
      case op.PUSH: {
        const sp = data[SPL] | (data[SPH] << 8);
        data[sp] = data[d];
        data[SPL] = sp - 1;
        data[SPH] = (sp - 1) >> 8;
        cycles++;
        break;
      }
      case op.POP: {
        const sp = (data[SPL] | (data[SPH] << 8)) + 1;
        data[SPL] = sp;
        data[SPH] = sp >> 8;
        data[d] = data[sp];
        cycles++;
        break;
      }
      case op.IN:
        data[d] = read(((opcode & 0x0f) | ((opcode >> 5) & 0x30)) + 32);
        break;
      case op.OUT:
        write(((opcode & 0x0f) | ((opcode >> 5) & 0x30)) + 32, data[d], 0xff);
        break;
      case op.SBI: {
        const address = ((opcode >> 3) & 0x1f) + 32;
        const mask = 1 << (opcode & 7);
        write(address, read(address) | mask, mask);
        cycles++;
        break;
      }
      case op.CBI: {
        const address = ((opcode >> 3) & 0x1f) + 32;
        const mask = 1 << (opcode & 7);
        write(address, read(address) & ~mask, mask);
        cycles++;
        break;
      }
      case op.SBIC:
      case op.SBIS: {
        const set = (read(((opcode >> 3) & 0x1f) + 32) >> (opcode & 7)) & 1;
        if (set === (decoded[opcode] === op.SBIS ? 1 : 0)) {
          const words = isTwoWords(progMem[pc + 1]) ? 2 : 1;
          pc += words;
          cycles += words;
        }
        break;
      }
      case op.SBRC:
      case op.SBRS: {
        const set = (data[d] >> (opcode & 7)) & 1;
        if (set === (decoded[opcode] === op.SBRS ? 1 : 0)) {
          const words = isTwoWords(progMem[pc + 1]) ? 2 : 1;
          pc += words;
          cycles += words;
        }
        break;
      }
      case op.CPSE:
        if (data[d] === data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)]) {
          const words = isTwoWords(progMem[pc + 1]) ? 2 : 1;
          pc += words;
          cycles += words;
        }
        break;
      case op.BLD:
        data[d] = (data[d] & ~(1 << (opcode & 7))) | (((data[SREG] >> 6) & 1) << (opcode & 7));
        break;
      case op.BST:
        data[SREG] = (data[SREG] & 0xbf) | (((data[d] >> (opcode & 7)) & 1) << 6);
        break;
      case op.NOP:
        break;
      case op.BCLR:
        data[SREG] &= ~(1 << (d & 7));
        break;
      case op.BSET:
        data[SREG] |= 1 << (d & 7);
        if ((d & 7) === 7) {
          core.inhibited = true;
          until = 0;
        }
        break;
      case op.SLEEP:
        if (data[SMCR] & SE) core.asleep = true;
        until = 0;
        break;
      default:
        core.pc = pc;
        core.cycles = cycles;
        avrInstruction(core);
        pc = core.pc - 1;
        cycles = core.cycles - 1;
        until = 0;
    }
    pc++;
    cycles++;
  } while (cycles < until);
  core.pc = pc & (progMem.length - 1);
  core.cycles = cycles;
}
