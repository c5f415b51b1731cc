/** A weave without a terminal: one plain line a pick. */
import type { FeedEvent } from '../../protocol/feed';
import { recordOfPick } from '../weave/view';
import { clean } from './terminal';
import type { WeaveIntroduction, WeaveReader } from './weave-reader';
import { duration } from './words';

export class PlainLines implements WeaveReader {
  private introduction: WeaveIntroduction | null = null;

  private readonly print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.print = (line) => print(clean(line));
  }

  begin(introduction: WeaveIntroduction): void {
    this.introduction = introduction;
    const { cloth, facts, display, plan } = introduction;
    this.print(cloth.provenance.title);
    this.print(`Counted by ${cloth.provenance.counted}`);
    this.print(plan);
    for (const note of cloth.notes) this.print(note);
    this.print(`Board: ${facts.port}, ${facts.mcu}, firmware ${facts.firmware}, ${facts.heddles} heddles`);
    for (const limit of facts.limits ?? []) this.print(limit);
    if (display) this.print(`Live display: ${display}`);
  }

  event(event: FeedEvent): void {
    if (!this.introduction) return;
    const { cloth, last } = this.introduction;
    if (event.type === 'opened') {
      const part = cloth.parts.find(({ from, to }) => event.pick > from && event.pick <= to);
      const words = recordOfPick(cloth, event.pick - 1)?.words ?? part?.kind ?? '';
      const weft = cloth.yarns[cloth.weft[event.pick - 1]].name;
      this.print(`pick ${event.pick} of ${last}  ${weft}  ${words}  (${duration(event.secondsLeft)} left)`);
    }
    if (event.type === 'phase' && event.words && !['waiting', 'ready'].includes(event.phase)) this.print(event.words);
    if (event.type === 'link' && !event.link.well) this.print(event.link.words);
    if (event.type === 'finished') this.print(`${event.picks} picks in ${duration(event.seconds)} of the loom's time.`);
  }

  error(): void {}

  end(): void {}
}
