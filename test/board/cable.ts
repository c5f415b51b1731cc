/** Two pseudo terminals joined by socat: pulled, both are really gone; plugged in again, they may be other ones. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync, rmSync } from 'node:fs';

export class Cable {
  private socat: ChildProcess | null = null;
  /** @param ends the names of the two ends, links to the terminals */
  constructor(private readonly ends: readonly [host: string, board: string]) {}

  async plug(): Promise<void> {
    const [host, board] = this.ends.map((end) => `pty,raw,echo=0,link=${end}`);
    const socat = spawn('socat', ['-d', '-d', host, board], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.socat = socat;
    for (let said = ''; !said.includes('starting data transfer'); )
      said += String((await once(socat.stderr!, 'data'))[0]);
  }

  async pull(): Promise<void> {
    const { socat } = this;
    this.socat = null;
    if (!socat) return;
    const gone = once(socat, 'exit');
    socat.kill();
    await gone;
    for (const end of this.ends) rmSync(end, { force: true });
  }

  /** real path of the host's end */
  get port(): string {
    return realpathSync(this.ends[0]);
  }
}
