/** A stock board from its connection to its reset: johnny-five, the wiring behind it, and the machine that the host plays for it. */
import { LoomError } from '../../errors';
import { SessionEnded } from '../refused';
import type { Timer, Transport } from '../transport';
import { PressedContact } from './contact';
import { Guest } from './guest';
import { Heddles } from './heddles';
import { Lamps } from './lamps';
import { StockMachine } from './machine';
import { Pca9685Servos, ServosOnPins } from './outputs';
import { type ResolvedWiring, resolveWiring } from './pins';
import type { StockWiring } from './wiring';

const pollMs = 500;
const answerMs = 3000;

export class StockSession {
  private poll: Timer | null = null;
  private silence = false;
  private ended = false;

  private constructor(
    private readonly transport: Transport,
    readonly guest: Guest,
    readonly machine: StockMachine,
    readonly lamps: Lamps,
    private readonly heddles: Heddles,
    private readonly contacts: readonly PressedContact[],
  ) {}

  /**
   * Everything as after power-on, no pulse on any heddle, and the contacts known.
   * @throws LoomError configuration when a pin cannot do what the wiring asks of it, hardware when a PCA9685 board is missing
   */
  static async begin(transport: Transport, wiring: StockWiring): Promise<StockSession> {
    const guest = await answered(transport, Guest.start(transport));
    try {
      const pins = resolveWiring(wiring, guest.io, transport.name);
      const session = StockSession.wire(transport, guest, wiring, pins);
      await answered(transport, session.lookAround(wiring, pins));
      return session;
    } catch (error) {
      guest.leave();
      throw error;
    }
  }

  private static wire(transport: Transport, guest: Guest, wiring: StockWiring, pins: ResolvedWiring): StockSession {
    const { heddles: count, numbers } = wiring;
    const outputs =
      wiring.outputs === 'pins'
        ? new ServosOnPins(guest, pins.servos)
        : new Pca9685Servos(guest, count, wiring.boards, pins.oe);
    const heddles = new Heddles(count, transport, outputs, numbers, () => guest.echo.ask());
    const lamps = new Lamps(guest, pins.lamps, pins.weft, wiring.anode);
    const shown = (row: Uint8Array) => lamps.show(row);
    const machine = new StockMachine({ clock: transport, heddles, minPick: numbers.minPick, shown });
    const treadle = new PressedContact(transport, () => machine.press('forward'));
    const back = new PressedContact(transport, () => machine.press('back'));
    machine.on('state', (state) => {
      if (state === 'armed') for (const contact of [treadle, back]) contact.arm();
    });
    if (pins.treadle !== null) guest.watchContact(pins.treadle, (closed) => treadle.is(closed));
    if (pins.back !== null) guest.watchContact(pins.back, (closed) => back.is(closed));
    if (pins.estop !== null) guest.watchContact(pins.estop, (closed) => machine.estop(!closed));
    return new StockSession(transport, guest, machine, lamps, heddles, [treadle, back]);
  }

  /** Asks now and then whether the board is still there. */
  watch(told: { silent: () => void; heard: () => void }): void {
    const ask = async () => {
      const heard = await this.guest.echo.ask();
      if (this.ended) return;
      if (heard === this.silence) {
        this.silence = !heard;
        if (heard) told.heard();
        else told.silent();
      }
      this.poll = this.transport.after(heard ? pollMs : 0, ask);
    };
    this.poll = this.transport.after(pollMs, ask);
  }

  /** Nothing is sent, and nothing heard any more. */
  end(): void {
    this.ended = true;
    this.poll?.cancel();
    this.heddles.forget();
    for (const contact of this.contacts) contact.end();
    this.guest.leave();
  }

  /** The board reports a contact that is not as after power-on in its next round; only then is the e-stop known. */
  private async lookAround({ boards }: StockWiring, { estop }: ResolvedWiring): Promise<void> {
    for (const address of boards) await this.findBoard(address);
    const rounds = estop === null ? 1 : 3;
    for (let round = 0; round < rounds; round++) await this.guest.echo.ask();
  }

  /** StandardFirmata answers a read of nobody as well, with an old byte; but it complains first, in a string. */
  private async findBoard(address: number): Promise<void> {
    const { io, echo } = this.guest;
    const found = await new Promise<boolean>((resolve) => {
      const complained = () => resolve(false);
      io.once('string', complained);
      io.i2cReadOnce(address, 0, 1, () => {
        io.off('string', complained);
        resolve(true);
      });
      // Asked after it, answered after it.
      void echo.ask().then(() => resolve(false));
    });
    if (found) return;
    const hex = `0x${address.toString(16)}`;
    throw new LoomError(
      'hardware',
      `No PCA9685 board answers at I²C address ${hex} of ${this.transport.name}. Check its power, SDA and SCL, and its address bridges, or correct boards under [stock] in the profile.`,
    );
  }
}

/** What the board has to answer for; it fails when the port is lost or nothing comes for 3 s. */
function answered<T>(transport: Transport, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onLost = (why: string) => reject(new SessionEnded(why));
    const timer = transport.after(answerMs, () =>
      reject(
        new LoomError(
          'hardware',
          `${transport.name} began to answer and stopped. Press its reset button and try again.`,
        ),
      ),
    );
    transport.on('lost', onLost);
    work.then(resolve, reject).finally(() => {
      timer.cancel();
      transport.off('lost', onLost);
    });
  });
}
