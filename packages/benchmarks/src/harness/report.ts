import { cpus } from 'node:os';
import { Bench, BenchResult, Row } from './types';

/** Describes where and when the figures were measured. */
export function circumstances(now: Date): string {
  const processors = cpus();
  return `${now.toISOString().slice(0, 10)}, Node ${process.version.slice(
    1,
  )}, ${processors.length} × ${processors[0]?.model ?? 'an unknown CPU'}`;
}

/** Formats a section of docs/benchmarks.md, without its markers. */
export function section(
  { name, summary }: Bench,
  { rows, notes }: BenchResult,
  taken: string,
): string {
  return [
    `## ${name}`,
    `${summary} Measured: ${taken}.`,
    table(rows),
    ...notes,
  ].join('\n\n');
}

function table(rows: Row[]): string {
  const header = ['', 'median', 'p99', 'ratio', 'goal'];
  const lines = [
    header,
    header.map(() => '---'),
    ...rows.map(({ what, median, p99 = '', ratio, goal }) => [
      what,
      median,
      p99,
      ratio === undefined ? '' : ratio.toFixed(2),
      goalText(goal),
    ]),
  ];
  return lines.map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

function goalText(goal: Row['goal']): string {
  if (goal === undefined) {
    return '';
  }
  return typeof goal === 'number' ? `≥ ${goal}` : goal.text;
}

/** Returns a sentence for each goal that is missed. */
export function missed(rows: Row[]): string[] {
  return rows.flatMap(({ what, median, p99, ratio, goal }) => {
    if (typeof goal === 'number') {
      return ratio !== undefined && ratio < goal
        ? [`${what}: the ratio ${ratio.toFixed(2)} is below ${goal}`]
        : [];
    }
    return goal && !goal.met
      ? [
          `${what}: ${[median, p99].filter(Boolean).join(', ')}, not ${
            goal.text
          }`,
        ]
      : [];
  });
}

/** Returns the text between the markers of a section; empty without markers. */
export function readSection(document: string, name: string): string {
  const [, after = ''] = document.split(beginOf(name));
  return after.split(endOf(name))[0].trim();
}

/**
 * Writes a section between its markers in the document, or at the end if the document has no markers for it.
 *
 * @throws Error if only one of the markers exists
 */
export function replaceSection(
  document: string,
  name: string,
  content: string,
): string {
  const begin = beginOf(name);
  const end = endOf(name);
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  const written = `${begin}\n\n${content}\n\n${end}`;
  if (from < 0 && to < 0) {
    return `${document.trimEnd()}\n\n${written}\n`;
  }
  if (from < 0 || to < from) {
    throw new Error(
      `The markers of ${name} are not a pair: ${begin} … ${end}. Fix them by hand`,
    );
  }
  return document.slice(0, from) + written + document.slice(to + end.length);
}

function beginOf(name: string): string {
  return `<!-- bench ${name} -->`;
}

function endOf(name: string): string {
  return `<!-- end of bench ${name} -->`;
}
