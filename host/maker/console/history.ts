/** Lines typed in the console before, kept in the user's folder. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { userFolder } from '../../paths';

export const historySize = 500;
const file = () => userFolder('console-history');

/** The newest first, as readline wants them. None when there is no file. */
export function readHistory(): string[] {
  try {
    return readFileSync(file(), 'utf8').split('\n').filter(Boolean).reverse().slice(0, historySize);
  } catch {
    return [];
  }
}

/** @param lines the newest first */
export function writeHistory(lines: readonly string[]): void {
  mkdirSync(dirname(file()), { recursive: true });
  writeFileSync(file(), `${[...lines].slice(0, historySize).reverse().join('\n')}\n`);
}
