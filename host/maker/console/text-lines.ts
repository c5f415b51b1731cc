/** The board's text as lines, through serialport's readline parser, which has no length cap of its own. */
import { ReadlineParser } from '@serialport/parser-readline';
import { longestLine } from '../../../protocol/firmata';

const lineFeed = 0x0a;

export class TextLines {
  private readonly parser = new ReadlineParser({ delimiter: '\n', encoding: 'latin1' });
  private length = 0;

  /** @param take hears each line without its end; a line of more than 256 bytes loses the rest */
  constructor(take: (line: string) => void) {
    this.parser.on('data', (line: string) => take(line.replace(/\r/g, '')));
  }

  /** One byte of text; never of a Firmata message. */
  push(byte: number): void {
    this.length = byte === lineFeed ? 0 : this.length + 1;
    if (this.length <= longestLine) this.parser.write(Buffer.of(byte));
  }
}
