import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Follower, limits, type Pipe } from '../../host/feed/follower';

/** A connection whose buffer, clock and reading we hold in our hands. */
class Line implements Pipe {
  waiting = 0;
  time = 0;
  dropped = '';
  readonly sent: string[] = [];
  send(text: string): void {
    this.sent.push(text);
    this.waiting += text.length;
  }
  buffered(): number {
    return this.waiting;
  }
  drop(why: string): void {
    this.dropped = why;
  }
  now(): number {
    return this.time;
  }
}

function follower(snapshotSize = 10) {
  const line = new Line();
  let seq = 0;
  const one = new Follower(line, () => ({ seq, text: `snapshot ${seq}`.padEnd(snapshotSize) }));
  const event = (size = 10) => one.event(++seq, `event ${seq}`.padEnd(size));
  const snapshots = () => line.sent.filter((text) => text.startsWith('snapshot')).length;
  one.begin(null, 0);
  one.seen(0);
  line.waiting = 0;
  return { line, one, event, snapshots, last: () => seq };
}

describe('a follower of the feed', () => {
  it('is sent nothing more past 64 events that it did not acknowledge', () => {
    const { line, event } = follower();
    for (let i = 0; i < 100; i++) event();
    expect(line.sent).toHaveLength(1 + limits.unacknowledged);
  });

  it('is sent nothing more past 64 KiB unsent', () => {
    const { line, event } = follower();
    for (let i = 0; i < 60; i++) event(2048);
    expect(line.waiting).toBeLessThanOrEqual(limits.bytes + 2048);
  });

  it('gets one snapshot when it is drained, and follows again', () => {
    const { line, one, event, snapshots, last } = follower();
    for (let i = 0; i < 100; i++) event();
    line.waiting = 0;
    expect(snapshots()).toBe(1);
    one.seen(64);
    expect(snapshots()).toBe(2);
    one.seen(last());
    event();
    expect(line.sent.at(-1)).toMatch(`event ${last()}`);
  });

  it('is dropped when it falls behind again before it has taken that snapshot in', () => {
    const { line, one, event } = follower();
    for (let i = 0; i < 100; i++) event();
    line.waiting = 0;
    one.seen(64);
    for (let i = 0; i < 100; i++) event();
    expect(line.dropped).toBe('too slow');
  });

  it('is dropped when it is not drained in time', () => {
    const { line, one, event } = follower();
    for (let i = 0; i < 100; i++) event();
    line.time = limits.patienceMs + 1;
    one.beat('beat');
    expect(line.dropped).toBe('too slow');
  });

  it('is not blamed for the size of a snapshot', () => {
    const { line, one, event, last } = follower(200_000);
    one.replaced();
    event();
    expect(line.sent.at(-1)).toMatch(`event ${last()}`);
  });

  it('never misses an event without a snapshot, and never has more than its bound waiting', () => {
    const acts = fc.array(
      fc.oneof(fc.constant('event'), fc.constant('read'), fc.constant('seen'), fc.constant('beat')),
      {
        maxLength: 600,
      },
    );
    fc.assert(
      fc.property(acts, (list) => {
        const { line, one, event } = follower();
        let known = 0;
        let read = line.sent.length;
        const take = () => {
          for (; read < line.sent.length; read++) {
            const [what, number] = line.sent[read].split(' ');
            if (what === 'event') expect(Number(number)).toBe(known + 1);
            if (what !== 'beat') known = Number(number);
          }
          line.waiting = 0;
        };
        for (const act of list) {
          if (act === 'event') event(1500);
          else if (act === 'read') take();
          else if (act === 'seen') expect(one.seen(known)).toBe(true);
          else one.beat('beat');
          expect(line.waiting).toBeLessThan(limits.bytes + 2000);
        }
        take();
      }),
    );
  });
});
