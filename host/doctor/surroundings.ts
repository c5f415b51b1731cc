/** What the doctor looks at besides our own files: the root of a file system, and who asks. Tests give a folder of their own. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { type AttachedPort, attachedPorts } from '../board/find';

export interface Surroundings {
  /** `/`, or a folder that stands for it */
  readonly root: string;
  /** folders with programs, as in PATH */
  readonly programs: readonly string[];
  readonly user: { readonly name: string; readonly uid: number; readonly groups: readonly number[] };
  readonly ports: readonly AttachedPort[];
}

export async function here(): Promise<Surroundings> {
  const { username, uid } = userInfo();
  return {
    root: '/',
    programs: [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'],
    user: { name: username, uid, groups: process.getgroups?.() ?? [] },
    ports: await attachedPorts(),
  };
}

/** Is there such a program? */
export function hasProgram({ root, programs }: Surroundings, name: string): boolean {
  return programs.some((folder) => existsSync(join(root, folder, name)));
}

/** Does a process of this name run? (proc(5), `comm`, at most 15 characters) */
export function runs({ root }: Surroundings, name: string): boolean {
  return entries(join(root, 'proc')).some(
    (pid) => /^\d+$/.test(pid) && read(join(root, 'proc', pid, 'comm')) === name.slice(0, 15),
  );
}

/** Names in a folder; none when it is not there. */
export function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A small file without the white space around; '' when it cannot be read. */
export function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
