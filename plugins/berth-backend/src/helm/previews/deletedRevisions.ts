import { StoredRevision } from '../releases/types';

/**
 * Returns the revisions that helm deletes before it stores another one, the oldest first. helm never deletes the
 * deployed one.
 *
 * @param keeps - how many revisions helm keeps, including the new one
 */
export function deletedRevisions(
  revisions: readonly Pick<StoredRevision, 'revision' | 'status'>[],
  keeps: number,
): number[] {
  const oldestFirst = [...revisions].sort((a, b) => a.revision - b.revision);
  const deployed = oldestFirst.findLast(({ status }) => status === 'deployed');
  return oldestFirst
    .filter(one => one !== deployed)
    .slice(0, Math.max(oldestFirst.length - keeps + 1, 0))
    .map(({ revision }) => revision);
}

/** Names the revisions that an operation deletes, such as "Helm keeps 10 revisions: this upgrade deletes revisions 1 to 51". */
export function deletionWarnings(
  kind: string,
  keeps: number,
  deleted: readonly number[],
): string[] {
  if (deleted.length === 0) {
    return [];
  }
  const few = keeps === 1 ? '1 revision' : `${keeps} revisions`;
  const word = deleted.length === 1 ? 'revision' : 'revisions';
  return [
    `Helm keeps ${few}: this ${kind} deletes ${word} ${rangeWords(deleted)}`,
  ];
}

/** Describes ascending numbers, such as "1 to 4, 6 and 8". */
function rangeWords(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] + 1 === number) {
      last[1] = number;
    } else {
      ranges.push([number, number]);
    }
  }
  const words = ranges.flatMap(([first, last]) =>
    last - first === 1
      ? [`${first}`, `${last}`]
      : [first === last ? `${first}` : `${first} to ${last}`],
  );
  return words.length === 1
    ? words[0]
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
