/** Emulated time kept to the clock on the wall. */

/** ms behind the wall that are made up for; after a longer stop time goes on from where it stood */
const mostBehind = 100;

export class WallPace {
  private wallAt = performance.now();

  constructor(private emulatedAt: number) {}

  /** Emulated ms that the wall has reached. */
  reached(): number {
    return this.emulatedAt + performance.now() - this.wallAt;
  }

  /** Forgets what cannot be made up for. */
  slip(nowMs: number): void {
    if (this.reached() - nowMs <= mostBehind) return;
    this.emulatedAt = nowMs;
    this.wallAt = performance.now();
  }
}
