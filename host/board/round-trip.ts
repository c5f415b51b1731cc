/** How long to wait for an answer before asking again: learnt from the answers so far (RFC 6298, in smaller numbers). */

/** The wire is short: below this an answer is not late; above it the board would miss us (`times.pressAlive`). */
const shortest = 60;
const longest = 200;

export class RoundTrip {
  private mean: number | null = null;
  private deviation = 0;

  /** @param ms from sending to the answer, of a message that was sent only once (Karn 1987) */
  sample(ms: number): void {
    if (this.mean === null) {
      this.mean = ms;
      this.deviation = ms / 2;
      return;
    }
    this.deviation += (Math.abs(ms - this.mean) - this.deviation) / 4;
    this.mean += (ms - this.mean) / 8;
  }

  /** ms; 0 before the first answer */
  get average(): number {
    return this.mean ?? 0;
  }

  /** ms to wait for an answer, 60–200 */
  get timeout(): number {
    if (this.mean === null) return longest;
    return Math.min(longest, Math.max(shortest, this.mean + 4 * this.deviation));
  }
}
