/** What comes from a board, taken apart, and a memory of what was seen for the sentence that says why it is no loom. */
import { EventEmitter } from 'node:events';
import { Demultiplexer, firmwareReport, type Part, reportFirmware } from '../../protocol/firmata';
import { loomSysex } from '../../protocol/wire.table';
import type { Transport } from './transport';

export interface ListenerEvents {
  /** the inside of a loom sysex, not yet decoded */
  loom: [packed: Uint8Array];
  /** a board that has just started says its firmware's name */
  banner: [name: string, version: string];
  /** a message broke off, or a byte came that begins none */
  broken: [];
}

/** What was heard since `forget`. */
export interface Heard {
  bytes: number;
  framingErrors: number;
  firmware: string | null;
  lines: string[];
}

const keptLines = 3;

export class Listener extends EventEmitter<ListenerEvents> {
  heard: Heard = nothing();
  private readonly wire = new Demultiplexer({ from: 'board' }, (part) => this.take(part));
  private readonly onBytes = (bytes: Uint8Array) => {
    this.heard.bytes += bytes.length;
    this.wire.push(bytes, this.transport.now());
  };

  constructor(private readonly transport: Transport) {
    super();
  }

  start(): void {
    this.transport.on('bytes', this.onBytes);
  }

  stop(): void {
    this.transport.off('bytes', this.onBytes);
  }

  forget(): void {
    this.heard = nothing();
  }

  /** The loom message just emitted was damaged. */
  distrust(): void {
    this.wire.distrust();
  }

  private take(part: Part): void {
    const { heard } = this;
    if (part.kind === 'error') {
      heard.framingErrors++;
      // A damaged message was whole: its CRC error is counted by itself.
      if (part.why !== 'damaged') this.emit('broken');
    } else if (part.kind === 'line') {
      if (heard.lines.length < keptLines && part.text.trim()) heard.lines.push(part.text.trim());
    } else if (part.kind === 'sysex' && part.id === loomSysex) this.emit('loom', part.body);
    else if (part.kind === 'sysex' && part.id === reportFirmware) {
      const report = firmwareReport(part.body);
      // A name in plain ASCII: a damaged message that happens to begin like a report is no banner.
      if (!report || !/^[\x20-\x7e]+$/.test(report.name)) return;
      heard.firmware = `${report.name} ${report.version}`;
      this.emit('banner', report.name, report.version);
    }
  }
}

function nothing(): Heard {
  return { bytes: 0, framingErrors: 0, firmware: null, lines: [] };
}
