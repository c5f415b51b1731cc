/** Ctrl-C, a closed terminal, a polite kill: the loom is parked before the process leaves. */
import { exitCodes, LoomError } from '../errors';
import type { Weave } from '../weave/weave';

/** Parking must not hang on a dead board. */
const patienceMs = 5000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export class Interruption {
  private weave: Weave | null = null;
  private asked = false;
  private leave: (code: number) => void = () => {};
  /** resolves with the exit code when the loom is parked */
  readonly over = new Promise<number>((resolve) => {
    this.leave = resolve;
  });
  private readonly onSignal = () => {
    if (this.asked) return;
    this.asked = true;
    const done = () => this.leave(exitCodes.interrupted);
    if (!this.weave) return done();
    this.weave.park().then(done, done);
    setTimeout(done, patienceMs).unref();
  };

  start(): void {
    for (const signal of signals) process.on(signal, this.onSignal);
  }

  stop(): void {
    for (const signal of signals) process.off(signal, this.onSignal);
  }

  /**
   * From here on there is something to park.
   * @throws LoomError interrupted when it came before
   */
  parks(weave: Weave): void {
    if (this.asked) throw new LoomError('interrupted', 'Interrupted before anything moved.');
    this.weave = weave;
  }
}
