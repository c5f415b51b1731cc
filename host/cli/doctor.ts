/** `loom doctor`: everything that a loom needs of this machine, each with its remedy. No port is opened unless one is named. */

import type { Finding } from '../doctor/finding';
import { colours as pc } from './colours';
import type { Out } from './ports';

/** @returns the exit code: 1 when something must be mended before a loom can weave */
export async function doctor({ json = false, port }: { json?: boolean; port?: string }, out: Out): Promise<number> {
  const { examine } = await import('../doctor/examine');
  const findings = await examine(port);
  if (json) out.write(`${JSON.stringify(findings, null, 2)}\n`);
  else for (const finding of findings) out.write(findingInWords(finding));
  return findings.some(({ mark }) => mark === 'fail') ? 1 : 0;
}

const marks = { ok: pc.green('ok  '), warn: pc.yellow('warn'), fail: pc.red('fail') };

function findingInWords({ mark, what, found, remedy }: Finding): string {
  return `${marks[mark]}  ${what}: ${found}\n${remedy ? `      → ${remedy}\n` : ''}`;
}
