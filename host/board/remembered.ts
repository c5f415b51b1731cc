/** Boards that answered as looms: at which port and rate, so that the next start finds them at once. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { userFolder } from '../paths';

const boardSchema = z.object({
  /** real path of the port */
  path: z.string(),
  boardId: z.number(),
  rate: z.number(),
  firmware: z.string(),
  heddles: z.number(),
  /** what was wrong with its link in the last run, in words */
  link: z.string().optional(),
});
export type RememberedBoard = z.infer<typeof boardSchema>;

const file = () => userFolder('boards.json');

/** The boards met so far, the last one first. A file that cannot be read is as good as none. */
export function rememberedBoards(): RememberedBoard[] {
  try {
    return z.array(boardSchema).parse(JSON.parse(readFileSync(file(), 'utf8')));
  } catch {
    return [];
  }
}

/** Remembers a board; what was known of its port or of itself is replaced. */
export function rememberBoard(board: RememberedBoard): void {
  const others = rememberedBoards().filter(({ path, boardId }) => path !== board.path && boardId !== board.boardId);
  mkdirSync(dirname(file()), { recursive: true });
  const aside = `${file()}.${process.pid}`;
  writeFileSync(aside, `${JSON.stringify([board, ...others], null, 2)}\n`);
  renameSync(aside, file());
}
