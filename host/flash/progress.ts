/** How far avrdude is, read from the bar that it prints: `Writing | ####…# | 100% 1.62s`, fifty marks when it is through. */

export interface Progress {
  readonly doing: 'writing' | 'checking';
  /** 0–1 */
  readonly part: number;
}

const marks = 50;
const longestTitle = 'Writing | '.length;

export class AvrdudeProgress {
  private doing: Progress['doing'] | null = null;
  private wrote = false;
  private count = 0;
  private recent = '';

  constructor(private readonly hear: (progress: Progress) => void) {}

  /** Takes what avrdude printed, in whatever pieces it came. */
  take(text: string): void {
    for (const letter of text) this.letter(letter);
  }

  private letter(letter: string): void {
    this.recent = (this.recent + letter).slice(-longestTitle);
    if (this.recent === 'Writing | ') this.begin('writing');
    // The signature is read first, by older ones with a bar of its own.
    else if (this.recent === 'Reading | ') this.begin(this.wrote ? 'checking' : null);
    else if (letter === '#' && this.doing && this.count < marks) this.tell(++this.count);
    else if (letter === '\n') this.doing = null;
  }

  private begin(doing: Progress['doing'] | null): void {
    this.wrote ||= doing === 'writing';
    this.doing = doing;
    this.count = 0;
    if (doing) this.tell(0);
  }

  private tell(count: number): void {
    if (this.doing) this.hear({ doing: this.doing, part: count / marks });
  }
}
