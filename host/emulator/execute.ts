/** Executes instructions quickly: the common ones here, the rare ones by avr8js. The tests hold both against each other. */
import { avrInstruction } from './avr8js';
import type { Core } from './core';
import { decoded, isTwoWords } from './decode';
import { added, logical, shifted, subtracted } from './flags';

const SREG = 0x5f;
const SPL = 0x5d;
const SPH = 0x5e;
const SMCR = 0x53;
const SE = 1;

/** q of LDD and STD */
function displacement(opcode: number): number {
  return (opcode & 7) | ((opcode >> 7) & 0x18) | ((opcode >> 8) & 0x20);
}

/** Word address of JMP and CALL: 16 bits in the second word, up to 6 in the first. */
function farAddress(opcode: number, low: number): number {
  return low | ((opcode & 1) << 16) | ((opcode & 0x1f0) << 13);
}

/**
 * Executes at least one instruction, and goes on until the core's clock shows `deadline` or a clock event is due, or
 * something has happened that the core must look at: an interrupt became pending or allowed, sleep began.
 */
export function execute(core: Core, deadline: number): void {
  const { data, progMem, progBytes, registers, pc22Bits } = core;
  let { pc, cycles } = core;
  let until = deadline;

  do {
    const opcode = progMem[pc];
    const d = (opcode >> 4) & 0x1f;
    switch (decoded[opcode]) {
      case 17 /* LDI */:
        data[16 | (d & 15)] = (opcode & 0x0f) | ((opcode >> 4) & 0xf0);
        break;
      case 8 /* MOV */:
        data[d] = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        break;
      case 24: /* MOVW */ {
        const to = (opcode >> 3) & 0x1e;
        const from = (opcode << 1) & 0x1e;
        data[to] = data[from];
        data[to + 1] = data[from + 1];
        break;
      }
      case 1: /* ADD */ {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const R = (a + b) & 0xff;
        data[d] = R;
        data[SREG] = added(data[SREG], a, b, R);
        break;
      }
      case 2: /* ADC */ {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const R = (a + b + (data[SREG] & 1)) & 0xff;
        data[d] = R;
        data[SREG] = added(data[SREG], a, b, R);
        break;
      }
      case 3: /* SUB */ {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const R = (a - b) & 0xff;
        data[d] = R;
        data[SREG] = subtracted(data[SREG], a, b, R) | (R === 0 ? 2 : 0);
        break;
      }
      case 4: /* SBC */ {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const sreg = data[SREG];
        const R = (a - b - (sreg & 1)) & 0xff;
        data[d] = R;
        data[SREG] = subtracted(sreg, a, b, R) | (R === 0 ? sreg & 2 : 0);
        break;
      }
      case 9: /* CP */ {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const R = (a - b) & 0xff;
        data[SREG] = subtracted(data[SREG], a, b, R) | (R === 0 ? 2 : 0);
        break;
      }
      case 10: /* CPC */ {
        const a = data[d];
        const b = data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        const sreg = data[SREG];
        const R = (a - b - (sreg & 1)) & 0xff;
        data[SREG] = subtracted(sreg, a, b, R) | (R === 0 ? sreg & 2 : 0);
        break;
      }
      case 12: /* CPI */ {
        const a = data[16 | (d & 15)];
        const b = (opcode & 0x0f) | ((opcode >> 4) & 0xf0);
        const R = (a - b) & 0xff;
        data[SREG] = subtracted(data[SREG], a, b, R) | (R === 0 ? 2 : 0);
        break;
      }
      case 13: /* SUBI */ {
        const at = 16 | (d & 15);
        const a = data[at];
        const b = (opcode & 0x0f) | ((opcode >> 4) & 0xf0);
        const R = (a - b) & 0xff;
        data[at] = R;
        data[SREG] = subtracted(data[SREG], a, b, R) | (R === 0 ? 2 : 0);
        break;
      }
      case 14: /* SBCI */ {
        const at = 16 | (d & 15);
        const a = data[at];
        const b = (opcode & 0x0f) | ((opcode >> 4) & 0xf0);
        const sreg = data[SREG];
        const R = (a - b - (sreg & 1)) & 0xff;
        data[at] = R;
        data[SREG] = subtracted(sreg, a, b, R) | (R === 0 ? sreg & 2 : 0);
        break;
      }
      case 5: /* AND */ {
        const R = data[d] & data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        data[d] = R;
        data[SREG] = logical(data[SREG], R);
        break;
      }
      case 6: /* OR */ {
        const R = data[d] | data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        data[d] = R;
        data[SREG] = logical(data[SREG], R);
        break;
      }
      case 7: /* EOR */ {
        const R = data[d] ^ data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        data[d] = R;
        data[SREG] = logical(data[SREG], R);
        break;
      }
      case 16: /* ANDI */ {
        const R = data[16 | (d & 15)] & ((opcode & 0x0f) | ((opcode >> 4) & 0xf0));
        data[16 | (d & 15)] = R;
        data[SREG] = logical(data[SREG], R);
        break;
      }
      case 15: /* ORI */ {
        const R = data[16 | (d & 15)] | (opcode & 0x0f) | ((opcode >> 4) & 0xf0);
        data[16 | (d & 15)] = R;
        data[SREG] = logical(data[SREG], R);
        break;
      }
      case 18: /* INC */ {
        const R = (data[d] + 1) & 0xff;
        data[d] = R;
        data[SREG] = (data[SREG] & 0xe1) | (R === 0 ? 2 : R === 0x80 ? 0x0c : R & 0x80 ? 0x14 : 0);
        break;
      }
      case 19: /* DEC */ {
        const R = (data[d] - 1) & 0xff;
        data[d] = R;
        data[SREG] = (data[SREG] & 0xe1) | (R === 0 ? 2 : R === 0x7f ? 0x18 : R & 0x80 ? 0x14 : 0);
        break;
      }
      case 20: /* LSR */ {
        const a = data[d];
        data[d] = a >> 1;
        data[SREG] = shifted(data[SREG], a >> 1, a & 1);
        break;
      }
      case 21: /* ROR */ {
        const a = data[d];
        const R = (a >> 1) | ((data[SREG] & 1) << 7);
        data[d] = R;
        data[SREG] = shifted(data[SREG], R, a & 1);
        break;
      }
      case 61 /* SWAP */:
        data[d] = (data[d] << 4) | (data[d] >> 4);
        break;
      case 22: /* ADIW */ {
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
      case 23: /* SBIW */ {
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
      case 62: /* MUL */ {
        const R = data[d] * data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)];
        data[0] = R;
        data[1] = R >> 8;
        data[SREG] = (data[SREG] & 0xfc) | (R === 0 ? 2 : 0) | (R >> 15);
        cycles++;
        break;
      }
      case 25 /* BRBS */:
        if ((data[SREG] >> (opcode & 7)) & 1) {
          pc += (opcode << 22) >> 25;
          cycles++;
        }
        break;
      case 26 /* BRBC */:
        if (!((data[SREG] >> (opcode & 7)) & 1)) {
          pc += (opcode << 22) >> 25;
          cycles++;
        }
        break;
      case 27 /* RJMP */:
        pc += (opcode << 20) >> 20;
        cycles++;
        break;
      case 29 /* JMP */:
        pc = farAddress(opcode, progMem[pc + 1]) - 1;
        cycles += 2;
        break;
      case 28: /* RCALL */
      case 30: /* CALL */ {
        const far = decoded[opcode] === 30 /* CALL */;
        const back = pc + (far ? 2 : 1);
        const sp = data[SPL] | (data[SPH] << 8);
        data[sp] = back;
        data[sp - 1] = back >> 8;
        if (pc22Bits) data[sp - 2] = back >> 16;
        const below = sp - (pc22Bits ? 3 : 2);
        data[SPL] = below;
        data[SPH] = below >> 8;
        pc = far ? farAddress(opcode, progMem[pc + 1]) - 1 : pc + ((opcode << 20) >> 20);
        cycles += (far ? 3 : 2) + (pc22Bits ? 1 : 0);
        break;
      }
      case 31: /* RET */
      case 32: /* RETI */ {
        const sp = (data[SPL] | (data[SPH] << 8)) + (pc22Bits ? 3 : 2);
        data[SPL] = sp;
        data[SPH] = sp >> 8;
        pc = ((pc22Bits ? data[sp - 2] << 16 : 0) | (data[sp - 1] << 8) | data[sp]) - 1;
        cycles += pc22Bits ? 4 : 3;
        if (decoded[opcode] === 32 /* RETI */) {
          data[SREG] |= 0x80;
          core.inhibited = true;
          until = 0;
        }
        break;
      }
      case 33: /* LDS */ {
        const address = progMem[pc + 1];
        data[d] = address >= registers ? data[address] : core.load(address, cycles);
        pc++;
        cycles++;
        break;
      }
      case 34: /* STS */ {
        const address = progMem[pc + 1];
        if (address >= registers) data[address] = data[d];
        else core.store(address, data[d], 0xff, cycles);
        pc++;
        cycles++;
        break;
      }
      case 35: /* LD_X */ {
        const address = data[26] | (data[27] << 8);
        data[d] = address >= registers ? data[address] : core.load(address, cycles);
        cycles++;
        break;
      }
      case 36: /* LD_X_INC */ {
        const address = data[26] | (data[27] << 8);
        data[d] = address >= registers ? data[address] : core.load(address, cycles);
        data[26] = address + 1;
        data[27] = (address + 1) >> 8;
        cycles++;
        break;
      }
      case 37: /* ST_X */ {
        const address = data[26] | (data[27] << 8);
        if (address >= registers) data[address] = data[d];
        else core.store(address, data[d], 0xff, cycles);
        cycles++;
        break;
      }
      case 38: /* ST_X_INC */ {
        const address = data[26] | (data[27] << 8);
        if (address >= registers) data[address] = data[d];
        else core.store(address, data[d], 0xff, cycles);
        data[26] = address + 1;
        data[27] = (address + 1) >> 8;
        cycles++;
        break;
      }
      case 39: /* LDD_Y */ {
        const address = (data[28] | (data[29] << 8)) + displacement(opcode);
        data[d] = address >= registers ? data[address] : core.load(address, cycles);
        cycles++;
        break;
      }
      case 40: /* LDD_Z */ {
        const address = (data[30] | (data[31] << 8)) + displacement(opcode);
        data[d] = address >= registers ? data[address] : core.load(address, cycles);
        cycles++;
        break;
      }
      case 41: /* STD_Y */ {
        const address = (data[28] | (data[29] << 8)) + displacement(opcode);
        if (address >= registers) data[address] = data[d];
        else core.store(address, data[d], 0xff, cycles);
        cycles++;
        break;
      }
      case 42: /* STD_Z */ {
        const address = (data[30] | (data[31] << 8)) + displacement(opcode);
        if (address >= registers) data[address] = data[d];
        else core.store(address, data[d], 0xff, cycles);
        cycles++;
        break;
      }
      case 43: /* LD_Z_INC */ {
        const address = data[30] | (data[31] << 8);
        data[d] = address >= registers ? data[address] : core.load(address, cycles);
        data[30] = address + 1;
        data[31] = (address + 1) >> 8;
        cycles++;
        break;
      }
      case 44: /* ST_Z_INC */ {
        const address = data[30] | (data[31] << 8);
        if (address >= registers) data[address] = data[d];
        else core.store(address, data[d], 0xff, cycles);
        data[30] = address + 1;
        data[31] = (address + 1) >> 8;
        cycles++;
        break;
      }
      case 45 /* LPM */:
        data[d] = progBytes[data[30] | (data[31] << 8)];
        cycles += 2;
        break;
      case 46: /* LPM_INC */ {
        const address = data[30] | (data[31] << 8);
        data[d] = progBytes[address];
        data[30] = address + 1;
        data[31] = (address + 1) >> 8;
        cycles += 2;
        break;
      }
      case 47: /* PUSH */ {
        const sp = data[SPL] | (data[SPH] << 8);
        data[sp] = data[d];
        data[SPL] = sp - 1;
        data[SPH] = (sp - 1) >> 8;
        cycles++;
        break;
      }
      case 48: /* POP */ {
        const sp = (data[SPL] | (data[SPH] << 8)) + 1;
        data[SPL] = sp;
        data[SPH] = sp >> 8;
        data[d] = data[sp];
        cycles++;
        break;
      }
      case 49:
        /* IN */ data[d] = core.load(((opcode & 0x0f) | ((opcode >> 5) & 0x30)) + 32, cycles);
        break;
      case 50:
        /* OUT */ core.store(((opcode & 0x0f) | ((opcode >> 5) & 0x30)) + 32, data[d], 0xff, cycles);
        break;
      case 51: /* SBI */ {
        const address = ((opcode >> 3) & 0x1f) + 32;
        const mask = 1 << (opcode & 7);
        core.store(address, core.load(address, cycles) | mask, mask, cycles);
        cycles++;
        break;
      }
      case 52: /* CBI */ {
        const address = ((opcode >> 3) & 0x1f) + 32;
        const mask = 1 << (opcode & 7);
        core.store(address, core.load(address, cycles) & ~mask, mask, cycles);
        cycles++;
        break;
      }
      case 53: /* SBIC */
      case 54: /* SBIS */ {
        const set = (core.load(((opcode >> 3) & 0x1f) + 32, cycles) >> (opcode & 7)) & 1;
        if (set === (decoded[opcode] === 54 /* SBIS */ ? 1 : 0)) {
          const words = isTwoWords(progMem[pc + 1]) ? 2 : 1;
          pc += words;
          cycles += words;
        }
        break;
      }
      case 55: /* SBRC */
      case 56: /* SBRS */ {
        const set = (data[d] >> (opcode & 7)) & 1;
        if (set === (decoded[opcode] === 56 /* SBRS */ ? 1 : 0)) {
          const words = isTwoWords(progMem[pc + 1]) ? 2 : 1;
          pc += words;
          cycles += words;
        }
        break;
      }
      case 11 /* CPSE */:
        if (data[d] === data[(opcode & 0x0f) | ((opcode >> 5) & 0x10)]) {
          const words = isTwoWords(progMem[pc + 1]) ? 2 : 1;
          pc += words;
          cycles += words;
        }
        break;
      case 63 /* BLD */:
        data[d] = (data[d] & ~(1 << (opcode & 7))) | (((data[SREG] >> 6) & 1) << (opcode & 7));
        break;
      case 64 /* BST */:
        data[SREG] = (data[SREG] & 0xbf) | (((data[d] >> (opcode & 7)) & 1) << 6);
        break;
      case 57 /* NOP */:
        break;
      case 58 /* BCLR */:
        data[SREG] &= ~(1 << (d & 7));
        break;
      case 59 /* BSET */:
        data[SREG] |= 1 << (d & 7);
        if ((d & 7) === 7) {
          core.inhibited = true;
          until = 0;
        }
        break;
      case 60 /* SLEEP */:
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
    if (core.touched) {
      core.touched = false;
      cycles += core.stolen;
      core.stolen = 0;
      until = core.mustLook ? 0 : Math.min(until, core.nextEventAt);
    }
  } while (cycles < until);
  core.pc = pc & (progMem.length - 1);
  core.cycles = cycles;
}
