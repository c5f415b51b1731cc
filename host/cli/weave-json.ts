/** `--json-lines`: one object a line on stdout and nothing else. */
import type { FeedEvent } from '../../protocol/feed';
import type { LoomError } from '../errors';
import { recordOfPick } from '../weave/view';
import type { WeaveIntroduction, WeaveReader } from './weave-reader';

export class JsonLines implements WeaveReader {
  private introduction: WeaveIntroduction | null = null;

  constructor(private readonly print: (line: string) => void) {}

  begin(introduction: WeaveIntroduction): void {
    this.introduction = introduction;
    const { cloth, facts, display } = introduction;
    const { dataset, title } = cloth.provenance;
    const { kind, mcu, firmware, heddles, limits } = facts;
    const { ends, picks } = cloth.lifts;
    this.write({
      type: 'weave',
      dataset,
      title,
      ends,
      picks,
      board: { kind, mcu, firmware, heddles, ...(limits && { limits }) },
      display,
    });
  }

  event(event: FeedEvent): void {
    if (event.type === 'opened') this.pick(event.pick, event.step);
    // A link that does well is nobody's news.
    if (event.type === 'link' && !event.link.well) this.write({ type: 'link', ...event.link });
    if (event.type === 'finished') this.write({ type: 'finished', picks: event.picks, seconds: event.seconds });
  }

  error(error: LoomError): void {
    this.write({ type: 'error', code: error.exitCode, message: error.message });
  }

  end(): void {}

  private pick(number: number, step: number): void {
    if (!this.introduction) return;
    const { cloth, driver } = this.introduction;
    const record = recordOfPick(cloth, number - 1);
    const pulses = driver.pulses();
    this.write({
      type: 'pick',
      number,
      step,
      record: record && { number: record.number, label: record.label, words: record.words },
      lifts: cloth.lifts.text(number - 1),
      weft: cloth.yarns[cloth.weft[number - 1]].name,
      ...(pulses && { pulses: Array.from(pulses, (us) => Math.round(us * 100) / 100) }),
    });
  }

  private write(line: object): void {
    this.print(JSON.stringify(line));
  }
}
