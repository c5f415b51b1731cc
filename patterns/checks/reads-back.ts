/** Check 4: the cloth says what its data say, read from lifts, thread colours and the key. */
import type { ClothKey } from '../cloth';
import { recordPicks } from '../encodings/layout';
import type { Said, Statement } from '../encodings/said';
import { knownKey, readBack, type Woven } from '../read-back';
import { type Finding, mostFindings } from './finding';

/** @param said what each record should say; without it only that every record says something */
export function checkReadsBack(woven: Woven, key: ClothKey, said?: readonly Said[]): Finding[] {
  const found: Finding[] = [];
  const readings = readBack(woven, key);
  const starts = recordPicks(knownKey(key).layout, readings.length);
  if (said && said.length !== readings.length)
    found.push({ check: 4, sentence: `The key names ${readings.length} records and the data have ${said.length}.` });
  readings.forEach((reading, i) => {
    const pick = starts[i] + 1;
    const who = `Record ${reading.number}, ${reading.label},`;
    if ('altered' in reading) found.push({ check: 4, pick, sentence: `${who} cannot be read: ${reading.altered}.` });
    else if (said?.[i] && !same(reading, said[i]))
      found.push({ check: 4, pick, sentence: `${who} reads ${sayIt(reading)} and should read ${sayIt(said[i])}.` });
  });
  return found.slice(0, mostFindings);
}

function stated(statement: Statement): string {
  switch (statement.is) {
    case 'length':
      return `${statement.ends} ends`;
    case 'bin':
      return `bin ${statement.bin + 1}`;
    case 'lane':
      return `lane ${statement.lane}`;
    case 'steps':
      return `${statement.steps} steps`;
    case 'absent':
      return statement.suppressed ? 'suppressed' : 'missing';
    case 'off the scale':
      return `off the scale, ${statement.side}`;
    case 'cells':
      return statement.cells.map((one) => `${stated(one.statement)}${one.flagged ? ', marked' : ''}`).join(' | ');
  }
}

function sayIt({ statement, by, flagged, event }: Said): string {
  const what = stated(statement);
  const second = by === undefined ? '' : by === 'absent' ? ', second value unknown' : `, second bin ${by + 1}`;
  return `“${what}${second}${flagged ? ', marked' : ''}${event === 'unknown' ? ', its event unknown' : event ? ', with its event' : ''}”`;
}

const same = (a: Said, b: Said): boolean => sayIt(a) === sayIt(b);
