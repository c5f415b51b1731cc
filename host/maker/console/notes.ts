/** What goes over the wire beside the console's text, in a few words each. */
import { firmataText, firmwareReport, type Part, reportFirmware, stringData } from '../../../protocol/firmata';
import { type BoardFields, type BoardFrame, nameOf } from '../../../protocol/wire';
import { events, faults, loomSysex, presses, refusals, states } from '../../../protocol/wire.table';
import { SessionGuess } from './session-guess';

export class Notes {
  private readonly guess = new SessionGuess();

  /** @returns the words, or null for what needs none: text, and answers to another host */
  of(part: Part): string | null {
    switch (part.kind) {
      case 'line':
        return null;
      case 'reset':
        return 'the byte 0xFF';
      case 'error':
        return `a message was damaged (${part.why})`;
      case 'message':
        return messageWords(part.command, part.data);
      case 'sysex':
        return this.sysex(part.id, part.body);
    }
  }

  private sysex(id: number, body: Uint8Array): string {
    if (id === loomSysex) {
      const frame = this.guess.read(body);
      return frame ? frameWords(frame) : `a loom message of a session that is not known (${body.length} bytes)`;
    }
    if (id === stringData) return `Firmata says “${firmataText(body)}”`;
    if (id === reportFirmware) {
      const report = firmwareReport(body);
      return report ? `firmware ${report.name} ${report.version}` : 'an empty firmware report';
    }
    return `Firmata sysex 0x${hex(id)}, ${body.length} bytes`;
  }
}

function messageWords(command: number, data: Uint8Array): string {
  const value = data[0] | (data[1] << 7);
  const channel = command & 0x0f;
  if (command === 0xf9) return `Firmata ${data[0]}.${data[1]}`;
  if ((command & 0xf0) === 0x90) return `digital port ${channel} = ${value.toString(2).padStart(8, '0')}`;
  if ((command & 0xf0) === 0xe0) return `analog ${channel} = ${value}`;
  return `Firmata message 0x${hex(command)}`;
}

function frameWords(frame: BoardFrame): string {
  switch (frame.name) {
    case 'EVENT':
      return `EVENT ${eventWords(frame.fields)}`;
    case 'HELLO':
      return `HELLO board ${frame.fields.boardId.toString(16).padStart(8, '0')}, session ${frame.fields.session}`;
    case 'NAK':
      return `NAK ${nameOf(refusals, frame.fields.reason)}`;
    default:
      return `${frame.name} ${nameOf(states, frame.fields.state)}, step ${frame.fields.openStep}`;
  }
}

function eventWords({ event, arg, state }: BoardFields<'EVENT'>): string {
  const name = nameOf(events, event);
  const low = arg & 0xff;
  switch (name) {
    case 'opening':
    case 'opened':
      return `${name} step ${arg}`;
    case 'state':
      return `state: ${nameOf(states, state)}${low ? ` (${nameOf(faults, low)})` : ''}`;
    case 'press':
      return `press ${low === 2 ? 'back' : 'forward'}: ${nameOf(presses, arg >> 8)}`;
    case 'estop':
      return `e-stop ${arg ? 'open' : 'closed'}`;
    case 'rest':
      return arg ? 'parked' : 'at rest';
    case 'hands':
      return arg ? 'hands in the shed' : 'hands out of the shed';
    default:
      return `${name} ${arg}`;
  }
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
