/** External interrupts (INTn) and pin change interrupts (PCIn): what the chip notices of its pins. */
import type { AVRInterruptConfig } from './avr8js';
import type { Chip, ExternalInterrupt } from './chips/chip';
import type { Core } from './core';

const EIFR = 0x3c;
const EIMSK = 0x3d;
const PCIFR = 0x3b;
const PCICR = 0x68;

/** "Interrupt Sense Control" */
const sense = { low: 0, any: 1, falling: 2, rising: 3 } as const;

interface Line {
  readonly config: ExternalInterrupt;
  readonly interrupt: AVRInterruptConfig;
  level: boolean;
}
/** The pins of one port that share a vector. */
interface Group {
  readonly mask: number;
  readonly interrupt: AVRInterruptConfig;
  readonly bits: number;
  /** how much further left a pin stands in the mask register than in its port; PE0 is bit 0, PJ0 is bit 1 */
  readonly shift: number;
}

export class PinInterrupts {
  private readonly lines: Line[];
  private readonly pinChanges: AVRInterruptConfig[];
  private readonly byPort: readonly { readonly lines: Line[]; readonly groups: Group[] }[];

  constructor(
    private readonly core: Core,
    chip: Chip,
  ) {
    this.lines = chip.external.map((config, index) => {
      const { port, bit } = config.place;
      const each = { flagRegister: EIFR, flagMask: 1 << index, enableRegister: EIMSK, enableMask: 1 << index };
      const level = ((core.data[chip.ports[port].PIN] >> bit) & 1) === 1;
      return { config, interrupt: { address: config.vector, ...each }, level };
    });
    this.pinChanges = chip.pinChange.map((config, index) => ({
      ...{ address: config.vector, flagRegister: PCIFR, flagMask: 1 << index },
      ...{ enableRegister: PCICR, enableMask: 1 << index },
    }));
    this.byPort = chip.ports.map((_, port) => ({
      lines: this.lines.filter(({ config }) => config.place.port === port),
      groups: chip.pinChange.flatMap(({ mask, places }, index): Group[] => {
        const first = places.findIndex((place) => place.port === port);
        if (first < 0) return [];
        const bits = places.reduce((sum, place) => sum | (place.port === port ? 1 << place.bit : 0), 0);
        return [{ mask, interrupt: this.pinChanges[index], bits, shift: first - places[first].bit }];
      }),
    }));
    this.hook();
  }

  private hook(): void {
    const { core } = this;
    const { data, writeHooks } = core;
    const bothKinds = [
      { flags: EIFR, enable: EIMSK, interrupts: this.lines.map(({ interrupt }) => interrupt) },
      { flags: PCIFR, enable: PCICR, interrupts: this.pinChanges },
    ];
    for (const { flags, enable, interrupts } of bothKinds) {
      writeHooks[enable] = (value) => {
        data[enable] = value;
        for (const interrupt of interrupts) core.updateInterruptEnable(interrupt, value);
        this.lookForLow();
        return true;
      };
      // Flags are "cleared by writing a logical one"; SBI touches one bit only.
      writeHooks[flags] = (value, _old, _address, mask) => {
        for (const interrupt of interrupts) if (value & mask & interrupt.flagMask) core.clearInterrupt(interrupt);
        this.lookForLow();
        return true;
      };
    }
    for (const control of new Set(this.lines.map(({ config }) => config.control))) {
      writeHooks[control] = (value) => {
        data[control] = value;
        this.lookForLow();
        return true;
      };
    }
  }

  /** Levels of a port's pins have changed, whoever drives them. */
  changed(port: number, bits: number, levels: number): void {
    const { core } = this;
    const { lines, groups } = this.byPort[port];
    for (const { mask, interrupt, bits: mine, shift } of groups) {
      if (((bits & mine) << shift) & core.data[mask]) core.setInterruptFlag(interrupt);
    }
    for (const line of lines) {
      const { place } = line.config;
      if (!((bits >> place.bit) & 1)) continue;
      line.level = ((levels >> place.bit) & 1) === 1;
      const wanted = this.senseOf(line);
      if (wanted === sense.any || wanted === (line.level ? sense.rising : sense.falling)) {
        core.setInterruptFlag(line.interrupt);
      } else if (wanted === sense.low) this.lookForLow();
    }
  }

  private senseOf({ config }: Line): number {
    return (this.core.data[config.control] >> config.shift) & 3;
  }

  /** "the low level ... will generate an interrupt request as long as the pin is held low" */
  private lookForLow(): void {
    const { core } = this;
    for (const line of this.lines) {
      if (!(core.data[EIMSK] & line.interrupt.enableMask)) continue;
      const constant = this.senseOf(line) === sense.low;
      line.interrupt.constant = constant;
      if (!constant) continue;
      if (line.level) core.clearInterrupt(line.interrupt);
      else core.queueInterrupt(line.interrupt);
    }
  }
}
