/** The settings of a board over the link: asked, changed, saved; and single heddles moved to try them. */
import type { BoardFrame, HostFields } from '../../protocol/wire';
import { statusFlags } from '../../protocol/wire.table';
import type { Link } from './link';
import { Refused } from './refused';
import type { Clock } from './transport';

/** A board that writes its EEPROM refuses for a moment. */
const busy = { every: 50, longest: 5000 };

/** Every call rejects with Refused, or SessionEnded when the board went away. `setting` is an id of the settings tables. */
export class SettingsLink {
  constructor(
    private readonly link: Link,
    private readonly clock: Clock,
  ) {}

  /** @returns the values from `index` on: one of a scalar, else up to 16 of consecutive heddles or boards */
  async get(setting: number, index = 0): Promise<number[]> {
    const { values } = await this.patiently(() => this.link.send('GET', { setting, index }));
    return Array.from({ length: values.length >> 1 }, (_, at) => values[2 * at] | (values[2 * at + 1] << 8));
  }

  /** Until `save`, `load` or the next reset. The board must be idle, or held with nothing moving. */
  async set(setting: number, index: number, value: number): Promise<void> {
    await this.patiently(() => this.link.send('SET', { setting, index, value }));
  }

  /** What was changed outlives a reset from now on. */
  async save(): Promise<void> {
    await this.patiently(() => this.link.send('SAVE', {}));
  }

  /** Forgets what was changed since the last save, or sets everything to what it is at first (unsaved). */
  async load(from: 'saved' | 'first'): Promise<void> {
    const fields: HostFields<'LOAD'> = { from: from === 'saved' ? 0 : 1 };
    await this.patiently(() => this.link.send('LOAD', fields));
  }

  /** Were settings changed since the last save? */
  async unsaved(): Promise<boolean> {
    let flags = 0;
    const hear = (frame: BoardFrame) => {
      if (frame.name === 'STATUS') flags = frame.fields.flags;
    };
    this.link.on('frame', hear);
    await this.link.send('STATUS', {}).finally(() => this.link.off('frame', hear));
    return ((flags >> statusFlags.unsaved.code) & 1) === 1;
  }

  /**
   * Moves one heddle of an armed board.
   * @param heddle index
   * @param width pulse in µs, 500–2540; 0 = back to rest
   */
  async test(heddle: number, width: number): Promise<void> {
    await this.link.send('TEST', { heddle, width });
  }

  private async patiently<T>(ask: () => Promise<T>): Promise<T> {
    const since = this.clock.now();
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        const waits = error instanceof Refused && error.refusal === 'busy';
        if (!waits || this.clock.now() - since > busy.longest) throw error;
      }
      await new Promise<void>((resolve) => this.clock.after(busy.every, resolve));
    }
  }
}
