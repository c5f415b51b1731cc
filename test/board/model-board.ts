/** machine.md's board in TypeScript, as far as the link can tell: sessions, order, duplicates, one row ahead, the hold. */

import type { Clock } from '../../host/board/transport';
import { Demultiplexer } from '../../protocol/firmata';
import {
  type BoardFields,
  type BoardMessageName,
  decodeHost,
  encodeBoard,
  type HostFrame,
  rowCrc,
  type StateName,
} from '../../protocol/wire';
import {
  events,
  faults,
  helloSeed,
  loomSysex,
  presses,
  protocolVersion,
  refusals,
  states,
  statusFlags,
} from '../../protocol/wire.table';

interface Shed {
  step: number;
  row: Uint8Array;
}
const none = { state: 'idle' as StateName, openStep: 0, rowCrc: 0, weave: 0 };

export class ModelBoard {
  /** sheds that were opened and settled */
  readonly sheds: Shed[] = [];
  /** longest time between two valid host frames of a session, ms */
  longestSilence = 0;
  mute = false;
  speaks = protocolVersion;
  boardId = 77;
  heddles = 40;
  place = { ...none };
  /** kept in memory through a reset */
  private session: number | null = null;
  private inSession = false;
  private nonce = -1;
  private taken = 0;
  private answer: (() => void) | null = null;
  private waiting: Shed | null = null;
  private moving = false;
  private fault: keyof typeof faults = 'none';
  private sent = 0;
  private boot = 0;
  private crcErrors = 0;
  private lastHost = 0;
  private readonly wire = new Demultiplexer({ from: 'host' }, (part) => {
    if (part.kind === 'reset') this.stop('stopByte');
    if (part.kind === 'sysex' && part.id === loomSysex) this.receive(part.body);
  });

  constructor(
    private readonly clock: Clock,
    private readonly send: (bytes: Uint8Array) => void,
    private readonly movesFor = 200,
  ) {}

  hear(bytes: Uint8Array): void {
    if (!this.mute) this.wire.push(bytes, this.clock.now());
  }

  /** The reset line: memory is kept, and the session's number in it. With `power` gone, nothing is. */
  reset({ banner = true, power = false } = {}): void {
    if (power) {
      this.session = null;
      this.place = { ...none };
    }
    this.inSession = false;
    this.waiting = null;
    this.moving = false;
    this.sent = 0;
    this.boot = this.clock.now();
    this.place.state = 'idle';
    const name = [...'loom.ino'].flatMap((letter) => [letter.charCodeAt(0), 0]);
    if (banner) this.say(Uint8Array.from([0xf9, 2, 5, 0xf0, 0x79, 2, 5, ...name, 0xf7]));
  }

  press(): void {
    const { state } = this.place;
    const outcome =
      state !== 'weaving' ? 'state' : this.moving ? 'moving' : this.waiting ? 'opened' : ('nothing' as const);
    if (outcome === 'opened') this.open();
    this.event('press', 1 | (presses[outcome].code << 8));
  }

  stop(reason: keyof typeof faults): void {
    if (!['armed', 'weaving', 'held', 'released'].includes(this.place.state)) return;
    this.fault = reason;
    this.waiting = null;
    this.moving = false;
    this.enter('fault', faults[reason].code);
  }

  private receive(packed: Uint8Array): void {
    const frame = decodeHost(packed, this.session ?? helloSeed);
    if (typeof frame === 'string' || (frame.name !== 'HELLO' && !this.inSession)) {
      if (frame === 'crc') this.wire.distrust();
      this.crcErrors++;
      this.reply('NAK', { seq: this.taken, reason: refusals.crc.code });
    } else if (frame.name === 'HELLO') this.hello(frame.fields.nonce);
    else {
      this.longestSilence = Math.max(this.longestSilence, this.clock.now() - this.lastHost);
      this.lastHost = this.clock.now();
      this.take(frame);
    }
  }

  private take(frame: HostFrame): void {
    const { seq } = frame;
    if (seq === ((this.taken + 1) & 0xff)) {
      this.taken = seq;
      const result = this.obey(frame);
      if (typeof result === 'string') this.answer = () => this.reply('NAK', { seq, reason: refusals[result].code });
      else if (frame.name === 'STATUS') this.answer = () => this.status(seq);
      else this.answer = () => this.reply('ACK', { seq, detail: result });
      this.answer();
    } else if (seq === this.taken) this.answer?.();
    else this.reply('NAK', { seq, reason: refusals.order.code });
  }

  private hello(nonce: number): void {
    this.inSession = true;
    if (this.session === null || nonce !== this.nonce) {
      this.session = 1 + ((nonce * 31 + this.sheds.length) % 0xfffd);
      this.nonce = nonce;
      this.taken = 0;
      this.answer = null;
      this.waiting = null;
      if (this.place.state === 'weaving') this.place.state = 'held';
      this.lastHost = this.clock.now();
    }
    this.reply('HELLO', {
      protocol: this.speaks,
      nonce,
      session: this.session,
      major: 1,
      minor: 0,
      mcu: 1,
      boardId: this.boardId,
      heddles: this.heddles,
      outputs: 0,
      leds: 40,
      window: 128,
      settings: 0,
      reset: 1,
      features: 0,
      weave: this.place.weave,
    });
  }

  /** The ACK's detail, or why not. */
  private obey(frame: HostFrame): number | keyof typeof refusals {
    const { state } = this.place;
    switch (frame.name) {
      case 'ARM':
        if (state !== 'idle' && state !== 'released') return 'state';
        this.place = { ...this.place, ...frame.fields };
        this.enter('armed');
        this.clock.after(100, () => this.event('rest', 0));
        return 0;
      case 'PARK':
        this.enter('idle');
        this.event('rest', 1);
        return 0;
      case 'ROW': {
        const { step, row } = frame.fields;
        if (this.waiting) return 'waiting';
        if (row.length !== 5) return 'length';
        const reopen = step === this.place.openStep && rowCrc(step, row) === this.place.rowCrc;
        if (!reopen && step !== this.place.openStep + 1) return 'step';
        if (!['armed', 'weaving', 'held'].includes(state)) return 'state';
        this.waiting = { step, row };
        return 0;
      }
      case 'DROP': {
        const had = this.waiting;
        this.waiting = null;
        return had ? 1 : this.place.openStep > 0 ? 2 : 0;
      }
      case 'OPEN':
        if (state !== 'armed' && state !== 'weaving') return 'state';
        if (!this.waiting) return 'nothing';
        if (this.moving) return 'moving';
        if (state === 'armed') this.enter('weaving');
        this.open();
        return 0;
      case 'HOLD':
        if (state === 'weaving') this.enter('held');
        return 0;
      case 'RESUME':
        if (state === 'held') this.enter('weaving');
        return 0;
      case 'STOP':
        this.stop('stop');
        return 0;
      case 'CLEAR':
        if (state !== 'fault') return 'state';
        this.fault = 'none';
        this.enter('idle');
        return 0;
      default:
        return 0;
    }
  }

  private open(): void {
    const shed = this.waiting;
    if (!shed) return;
    this.waiting = null;
    this.moving = true;
    this.event('opening', shed.step);
    this.clock.after(this.movesFor, () => {
      if (!this.moving) return;
      this.moving = false;
      this.sheds.push(shed);
      this.place.openStep = shed.step;
      this.place.rowCrc = rowCrc(shed.step, shed.row);
      this.event('opened', shed.step);
    });
  }

  private status(seq: number): void {
    this.reply('STATUS', {
      seq,
      weave: this.place.weave,
      waiting: this.waiting?.step ?? 0,
      flags: this.moving ? 0 : 1 << statusFlags.settled.code,
      fault: faults[this.fault].code,
      faultDetail: 0,
      i2cErrors: 0,
      stopBytes: 0,
      overruns: 0,
      frameErrors: 0,
      crcErrors: this.crcErrors,
      uptime: Math.floor((this.clock.now() - this.boot) / 1000),
    });
  }

  private enter(state: StateName, arg = 0): void {
    this.place.state = state;
    this.event('state', arg);
  }

  private event(name: keyof typeof events, arg: number): void {
    this.sent++;
    if (this.inSession) this.reply('EVENT', { event: events[name].code, arg });
  }

  private reply<N extends BoardMessageName>(
    name: N,
    fields: Omit<BoardFields<N>, 'state' | 'openStep' | 'rowCrc' | 'events'>,
  ): void {
    const { state, openStep, rowCrc } = this.place;
    const place = { state: states[state].code, openStep, rowCrc, events: this.sent & 0xff };
    this.say(encodeBoard(name, { ...place, ...fields } as unknown as BoardFields<N>, this.session ?? helloSeed));
  }

  private say(bytes: Uint8Array): void {
    if (!this.mute) this.send(bytes);
  }
}
