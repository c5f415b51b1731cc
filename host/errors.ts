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

/** The board refused a message; `reason` is a name in the wire table's refusals. Nothing changed on the board. */
export class Refused extends LoomError {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super('failed', message);
    this.name = 'Refused';
  }
}

/** The board was reset or its session ended while a message was under way; the driver's `reset` event follows. */
export class SessionLost extends LoomError {
  constructor(message: string) {
    super('hardware', message);
    this.name = 'SessionLost';
  }
}
