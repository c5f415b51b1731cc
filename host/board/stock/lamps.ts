/** Lamps on pins: one that is lit while its heddle is lifted, and one in the colour of the weft. */
import type { Guest } from './guest';
import type { JohnnyFive } from './johnny-five';

export class Lamps {
  private readonly lifted: readonly InstanceType<JohnnyFive['Led']>[];
  private readonly weft: InstanceType<JohnnyFive['Led']['RGB']> | null;

  /** @param pins by heddle index; @param weftPins red, green, blue, or none */
  constructor({ five, board }: Guest, pins: readonly number[], weftPins: readonly number[], isAnode: boolean) {
    this.lifted = pins.map((pin) => new five.Led({ board, pin }));
    this.weft = weftPins.length > 0 ? new five.Led.RGB({ board, pins: weftPins, isAnode }) : null;
  }

  /** @param row bit 0 of byte 0 is heddle 1; empty = none lifted */
  show(row: Uint8Array): void {
    for (const [heddle, lamp] of this.lifted.entries())
      if ((row[heddle >> 3] >> (heddle & 7)) & 1) lamp.on();
      else lamp.off();
  }

  /** @param colour `#rrggbb` */
  showWeft(colour: string): void {
    this.weft?.color(colour);
  }

  off(): void {
    this.show(new Uint8Array());
    this.weft?.off();
  }
}
