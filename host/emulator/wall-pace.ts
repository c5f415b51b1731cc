/** Emulated time kept to the clock on the wall. */

/** ms behind the wall that are made up for; after a longer stop time goes on from where it stood */
const mostBehind = 100;

export class WallPace {
  private wallAt = performance.now();

  constructor(
    private emulatedAt: number,
    /** emulated seconds in one on the wall */
    private readonly speed = 1,
  ) {}

  /** Emulated ms that the wall has reached. */
  reached(): number {
    return this.emulatedAt + (performance.now() - this.wallAt) * this.speed;
  }

  /** Forgets what cannot be made up for. */
  slip(nowMs: number): void {
    if (this.reached() - nowMs <= mostBehind * this.speed) return;
    this.emulatedAt = nowMs;
    this.wallAt = performance.now();
  }
}
