/** One thing that the doctor looked at. */
export interface Finding {
  /** warn: the emulated board weaves all the same; fail: nothing can be woven */
  readonly mark: 'ok' | 'warn' | 'fail';
  readonly what: string;
  readonly found: string;
  readonly remedy?: string;
}
