/** How the weave stands, as people see it: a phase, a sentence, the time left; and the one stream of events that tells it. */
import type { Cloth } from '../../patterns/cloth';
import type { FeedEvent, Phase, WeaveView } from '../../protocol/feed';
import type { BoardFacts, LinkStatistics } from '../board/driver';
import { linkFindings, linkWords } from '../board/link-words';
import { byHandWords, maskedWords } from './masked';
import { Pace } from './pace';
import type { Sheds } from './sheds';
import { recordOfPick, weaveView } from './view';

export class Standing {
  phase: Phase = 'starting';
  private words = '';
  /** what the phase says by itself; `words` may add a remark */
  private sentence = '';
  private beforeSilence: { phase: Phase; sentence: string } | null = null;
  private board: WeaveView['board'] = null;
  private link: WeaveView['link'];
  private readonly pace: Pace;
  /** picks after which the cloth is wound on; null = when the weaver sees fit */
  windOnEvery: number | null = null;

  /**
   * @param plannedSeconds seconds a pick before there is a pace
   * @param seconds the loom's clock
   */
  constructor(
    private readonly cloth: Cloth,
    private readonly sheds: Sheds,
    plannedSeconds: number,
    private readonly seconds: () => number,
    readonly say: (event: FeedEvent) => void,
  ) {
    this.pace = new Pace(plannedSeconds);
  }

  enter(phase: Phase, words: string): void {
    if (phase === this.phase && words === this.words) return;
    if (phase !== 'waiting' && phase !== 'moving') this.pace.paused();
    this.phase = phase;
    this.sentence = words;
    this.words = words;
    this.say({ type: 'phase', phase, words });
  }

  /** Adds to the phase's sentence what just happened; the next change of phase takes it away. */
  remark(words: string): void {
    this.words = `${this.sentence} ${words}`.trim();
    this.say({ type: 'phase', phase: this.phase, words: this.words });
  }

  /** The board does not answer. */
  silent(): void {
    if (this.phase === 'silent') return;
    this.beforeSilence = { phase: this.phase, sentence: this.sentence };
    this.enter('silent', 'The board does not answer; asking again.');
  }

  /** It answers again, and all is as it was unless it tells otherwise. */
  heard(): void {
    if (this.phase === 'silent' && this.beforeSilence)
      this.enter(this.beforeSilence.phase, this.beforeSilence.sentence);
    this.beforeSilence = null;
  }

  /** The phase that follows from the place: a shed is open and a hand may go on. */
  atPlace(): void {
    const { open, direction } = this.sheds;
    if (!open) return;
    const record = recordOfPick(this.cloth, open.pick - 1);
    const said = direction === 'back' ? `Take the thread of pick ${open.pick} out, then go on.` : (record?.words ?? '');
    const { masked, harness } = this.sheds;
    const wind = direction === 'forward' && this.windOnEvery !== null && open.pick % this.windOnEvery === 0;
    const words = [said, byHandWords(this.cloth, open.pick, masked, harness), wind ? 'Then wind the cloth on.' : ''];
    this.enter('waiting', words.filter(Boolean).join(' '));
  }

  /** @param floatLimit of the loom, in threads */
  masked(floatLimit: number): void {
    const heddles = [...this.sheds.masked];
    this.say({ type: 'masked', heddles });
    this.remark(maskedWords(this.cloth, heddles, floatLimit, this.sheds.harness));
  }

  boardIs({ kind, mcu, firmware, heddles }: BoardFacts): void {
    this.board = { kind, mcu, firmware, heddles };
    this.say({ type: 'board', board: this.board });
  }

  linkIs(statistics: LinkStatistics): void {
    const well = linkFindings(statistics).length === 0;
    this.link = { ...statistics, resets: { ...statistics.resets }, words: linkWords(statistics), well };
    this.say({ type: 'link', link: this.link });
  }

  opened(): void {
    const { open } = this.sheds;
    if (!open) return;
    this.pace.opened(this.seconds());
    this.say({ type: 'opened', pick: open.pick, step: open.step, secondsLeft: this.secondsLeft() });
    // Pages take an open shed for one that waits for a hand.
    if (this.phase !== 'waiting' && this.phase !== 'moving') this.remark('');
  }

  view(): WeaveView {
    const { open, direction } = this.sheds;
    return weaveView(this.cloth, {
      pick: open?.pick ?? 0,
      step: open?.step ?? 0,
      direction,
      phase: this.phase,
      words: this.words,
      secondsLeft: this.secondsLeft(),
      board: this.board,
      masked: [...this.sheds.masked],
      ...(this.link && { link: this.link }),
    });
  }

  private secondsLeft(): number {
    return this.pace.left(Math.max(0, this.sheds.last - (this.sheds.open?.pick ?? 0)));
  }
}
