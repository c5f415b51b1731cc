/** Errors for the person who reads them: what happened, where, what to do next. The code is the process's exit code. */

export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  configuration: 3,
  dataset: 4,
  hardware: 5,
  busy: 6,
  interrupted: 130,
} as const;
export type ExitName = keyof typeof exitCodes;

export class LoomError extends Error {
  /**
   * @param kind which exit code
   * @param message one or two sentences: what happened, where, and what to do next
   */
  constructor(
    readonly kind: Exclude<ExitName, 'done'>,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'LoomError';
  }

  get exitCode(): number {
    return exitCodes[this.kind];
  }
}
