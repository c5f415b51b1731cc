/**
 * A second, minimal WIF reader, straight from the rules of WIF 1.1; it shares no code with the first and forgives nothing.
 * Only for files that we wrote.
 */
export interface SecondReading {
  /** rows of '0' and '1', pick 1 first, end 1 first */
  readonly rows: string[];
  /** r,g,b of each end, and of each pick */
  readonly warp: string[];
  readonly weft: string[];
}

export function secondReading(text: string): SecondReading {
  const file: Record<string, Record<string, string>> = {};
  let section = '';
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line[0] === '[') {
      section = line.slice(1, -1);
      file[section] = {};
    } else {
      const at = line.indexOf('=');
      file[section][line.slice(0, at)] = line.slice(at + 1);
    }
  }
  for (const [heading, listed] of Object.entries(file.CONTENTS)) {
    if (listed !== 'true') throw new Error(`${heading}=${listed}`);
    if (!file[heading]) throw new Error(`[${heading}] is announced and not there`);
  }
  const list = (name: string, key: number): number[] =>
    (file[name]?.[key] ?? '').split(',').filter(Boolean).map(Number);
  const ends = Number(file.WARP.Threads);
  const picks = Number(file.WEFT.Threads);
  const rows: string[] = [];
  for (let pick = 1; pick <= picks; pick++) {
    let shafts = file.LIFTPLAN
      ? list('LIFTPLAN', pick)
      : list('TREADLING', pick).flatMap((treadle) => list('TIEUP', treadle));
    if (file.WEAVING['Rising Shed'] === 'false') {
      const threaded = Array.from({ length: ends }, (_, end) => list('THREADING', end + 1)).flat();
      shafts = threaded.filter((shaft) => !shafts.includes(shaft));
    }
    let row = '';
    for (let end = 1; end <= ends; end++)
      row += list('THREADING', end).some((shaft) => shafts.includes(shaft)) ? '1' : '0';
    rows.push(row);
  }
  const colours = (kind: 'WARP' | 'WEFT', count: number) =>
    Array.from({ length: count }, (_, i) => file['COLOR TABLE'][file[`${kind} COLORS`]?.[i + 1] ?? file[kind].Color]);
  return { rows, warp: colours('WARP', ends), weft: colours('WEFT', picks) };
}
