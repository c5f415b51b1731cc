/** The emulated board's driver: a board fresh from the box is set up as the profile says before it weaves. */
import type { LoomProfile } from '../../patterns/profile';
import { outputs } from '../../protocol/wire.table';
import type { EmulatedTransport } from '../emulator/emulated-transport';
import { settingNamed } from '../maker/names';
import type { BoardFacts } from './driver';
import { FirmwareDriver } from './loom-driver';

export class EmulatedDriver extends FirmwareDriver {
  private setUp = false;

  constructor(
    private readonly emulated: EmulatedTransport,
    private readonly board: LoomProfile['board'],
  ) {
    super(emulated);
  }

  /** Only the first time: what a maker sets afterwards stays. */
  override async connect(): Promise<BoardFacts> {
    const facts = await super.connect();
    const { board } = this;
    const asWired = facts.outputs === board.outputs && facts.heddles === board.heddles && facts.leds === board.leds;
    if (this.setUp || asWired) return facts;
    this.setUp = true;
    // Fewer heddles first: on pins there is no room for what the firmware begins with.
    for (const [name, value] of [
      ['heddles', board.heddles],
      ['outputs', outputs[board.outputs].code],
      ['leds', board.leds],
    ] as const)
      await this.settings.set(settingNamed(name).id, 0, value);
    await this.settings.save();
    // Outputs are what they are from a reset on.
    this.emulated.reset();
    return super.connect();
  }
}
