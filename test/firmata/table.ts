/** Reports side by side, one row a feature, and below it what the boards said in words. */
import { chapters, type Report } from './suite';

export function table(reports: readonly Report[]): string {
  const features = Object.values(chapters)
    .flat()
    .map(({ feature }) => feature);
  const width = Math.max(...features.map(({ length }) => length)) + 2;
  const columns = reports.map(({ name, findings }) => ({
    cells: findings.map(({ verdict }) => verdict),
    width: Math.max(name.length, 'supports'.length) + 2,
    name,
  }));
  const line = (first: string, cells: readonly string[]) =>
    `${first.padEnd(width)}${cells.map((cell, i) => cell.padEnd(columns[i].width)).join('')}`.trimEnd();
  const lines = [
    line(
      '',
      columns.map(({ name }) => name),
    ),
  ];
  let row = 0;
  for (const [chapter, probes] of Object.entries(chapters)) {
    lines.push('', chapter.toUpperCase());
    for (const { feature } of probes) {
      const at = row++;
      lines.push(
        line(
          feature,
          columns.map(({ cells }) => cells[at]),
        ),
      );
    }
  }
  return `${lines.join('\n')}\n${remarks(reports)}`;
}

/** Whatever is not plain support, in the board's words or ours. */
function remarks(reports: readonly Report[]): string {
  return reports
    .map(({ name, findings }) => {
      const said = findings.filter(({ verdict, note }) => note && verdict !== 'supports');
      return [
        `\n${name.toUpperCase()}`,
        ...said.map(({ feature, verdict, note }) => `${feature}: ${verdict}: ${note}`),
      ].join('\n');
    })
    .join('\n')
    .concat('\n');
}
