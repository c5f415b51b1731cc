/** Which instruction a 16-bit opcode is, for those that `execute` does itself; 0 = left to avr8js. */

export const ADD = 1;
export const ADC = 2;
export const SUB = 3;
export const SBC = 4;
export const AND = 5;
export const OR = 6;
export const EOR = 7;
export const MOV = 8;
export const CP = 9;
export const CPC = 10;
export const CPSE = 11;
export const CPI = 12;
export const SUBI = 13;
export const SBCI = 14;
export const ORI = 15;
export const ANDI = 16;
export const LDI = 17;
export const INC = 18;
export const DEC = 19;
export const LSR = 20;
export const ROR = 21;
export const ADIW = 22;
export const SBIW = 23;
export const MOVW = 24;
export const BRBS = 25;
export const BRBC = 26;
export const RJMP = 27;
export const RCALL = 28;
export const JMP = 29;
export const CALL = 30;
export const RET = 31;
export const RETI = 32;
export const LDS = 33;
export const STS = 34;
export const LD_X = 35;
export const LD_X_INC = 36;
export const ST_X = 37;
export const ST_X_INC = 38;
export const LDD_Y = 39;
export const LDD_Z = 40;
export const STD_Y = 41;
export const STD_Z = 42;
export const LD_Z_INC = 43;
export const ST_Z_INC = 44;
export const LPM = 45;
export const LPM_INC = 46;
export const PUSH = 47;
export const POP = 48;
export const IN = 49;
export const OUT = 50;
export const SBI = 51;
export const CBI = 52;
export const SBIC = 53;
export const SBIS = 54;
export const SBRC = 55;
export const SBRS = 56;
export const NOP = 57;
export const BCLR = 58;
export const BSET = 59;
export const SLEEP = 60;
export const SWAP = 61;
export const MUL = 62;
export const BLD = 63;
export const BST = 64;

/** Bits of the opcodes as the instruction set manual prints them; letters are operands. */
const patterns: readonly (readonly [string, number])[] = [
  ['0000 11rd dddd rrrr', ADD],
  ['0001 11rd dddd rrrr', ADC],
  ['0001 10rd dddd rrrr', SUB],
  ['0000 10rd dddd rrrr', SBC],
  ['0010 00rd dddd rrrr', AND],
  ['0010 10rd dddd rrrr', OR],
  ['0010 01rd dddd rrrr', EOR],
  ['0010 11rd dddd rrrr', MOV],
  ['0001 01rd dddd rrrr', CP],
  ['0000 01rd dddd rrrr', CPC],
  ['0001 00rd dddd rrrr', CPSE],
  ['0011 KKKK dddd KKKK', CPI],
  ['0101 KKKK dddd KKKK', SUBI],
  ['0100 KKKK dddd KKKK', SBCI],
  ['0110 KKKK dddd KKKK', ORI],
  ['0111 KKKK dddd KKKK', ANDI],
  ['1110 KKKK dddd KKKK', LDI],
  ['1001 010d dddd 0011', INC],
  ['1001 010d dddd 1010', DEC],
  ['1001 010d dddd 0110', LSR],
  ['1001 010d dddd 0111', ROR],
  ['1001 010d dddd 0010', SWAP],
  ['1001 0110 KKdd KKKK', ADIW],
  ['1001 0111 KKdd KKKK', SBIW],
  ['0000 0001 dddd rrrr', MOVW],
  ['1001 11rd dddd rrrr', MUL],
  ['1111 00kk kkkk ksss', BRBS],
  ['1111 01kk kkkk ksss', BRBC],
  ['1100 kkkk kkkk kkkk', RJMP],
  ['1101 kkkk kkkk kkkk', RCALL],
  ['1001 010k kkkk 110k', JMP],
  ['1001 010k kkkk 111k', CALL],
  ['1001 0101 0000 1000', RET],
  ['1001 0101 0001 1000', RETI],
  ['1001 000d dddd 0000', LDS],
  ['1001 001d dddd 0000', STS],
  ['1001 000d dddd 1100', LD_X],
  ['1001 000d dddd 1101', LD_X_INC],
  ['1001 001r rrrr 1100', ST_X],
  ['1001 001r rrrr 1101', ST_X_INC],
  ['10q0 qq0d dddd 1qqq', LDD_Y],
  ['10q0 qq0d dddd 0qqq', LDD_Z],
  ['10q0 qq1r rrrr 1qqq', STD_Y],
  ['10q0 qq1r rrrr 0qqq', STD_Z],
  ['1001 000d dddd 0001', LD_Z_INC],
  ['1001 001r rrrr 0001', ST_Z_INC],
  ['1001 000d dddd 0100', LPM],
  ['1001 000d dddd 0101', LPM_INC],
  ['1001 001r rrrr 1111', PUSH],
  ['1001 000d dddd 1111', POP],
  ['1011 0AAd dddd AAAA', IN],
  ['1011 1AAr rrrr AAAA', OUT],
  ['1001 1010 AAAA Abbb', SBI],
  ['1001 1000 AAAA Abbb', CBI],
  ['1001 1001 AAAA Abbb', SBIC],
  ['1001 1011 AAAA Abbb', SBIS],
  ['1111 110r rrrr 0bbb', SBRC],
  ['1111 111r rrrr 0bbb', SBRS],
  ['1111 100d dddd 0bbb', BLD],
  ['1111 101d dddd 0bbb', BST],
  ['0000 0000 0000 0000', NOP],
  ['1001 0100 1sss 1000', BCLR],
  ['1001 0100 0sss 1000', BSET],
  ['1001 0101 1000 1000', SLEEP],
];

/** By opcode. */
export const decoded = new Uint8Array(0x10000);
for (const [text, instruction] of patterns) {
  const bits = text.replaceAll(' ', '');
  const mask = Number.parseInt(bits.replaceAll('0', '1').replace(/[^1]/g, '0'), 2);
  const value = Number.parseInt(bits.replace(/[^1]/g, '0'), 2);
  const operands = ~mask & 0xffff;
  decoded[value] = instruction;
  for (let operand = operands; operand > 0; operand = (operand - 1) & operands) decoded[value | operand] = instruction;
}

/** LDS, STS, JMP and CALL are followed by a word of address. */
export function isTwoWords(opcode: number): boolean {
  const instruction = decoded[opcode];
  return instruction === LDS || instruction === STS || instruction === JMP || instruction === CALL;
}
