/** A part of a text that another text replaces. */
export interface TextChange {
  from: number;
  to: number;
  insert: string;
}

/**
 * Returns changes that turn one text into another. Texts with the same number of lines differ line by line; otherwise
 * one change covers everything from the first to the last difference. So an editor keeps its place, and the selection in
 * lines that stay.
 */
export function textChanges(before: string, after: string): TextChange[] {
  if (before === after) {
    return [];
  }
  const lines = before.split('\n');
  const wanted = after.split('\n');
  if (lines.length === wanted.length) {
    const changes: TextChange[] = [];
    let from = 0;
    lines.forEach((line, index) => {
      if (line !== wanted[index]) {
        changes.push({ from, to: from + line.length, insert: wanted[index] });
      }
      from += line.length + 1;
    });
    return changes;
  }
  const most = Math.min(lines.length, wanted.length);
  let start = 0;
  while (start < most && lines[start] === wanted[start]) {
    start += 1;
  }
  let end = 0;
  while (
    end < most - start &&
    lines[lines.length - 1 - end] === wanted[wanted.length - 1 - end]
  ) {
    end += 1;
  }
  const lengthOf = (some: string[]) =>
    some.reduce((sum, { length }) => sum + length + 1, 0);
  const head = lengthOf(lines.slice(0, start));
  // The last line has no end of line. Without equal lines after it, the change reaches the end of the text.
  const tail = lengthOf(lines.slice(lines.length - end));
  const from = Math.min(head, before.length, after.length);
  return [
    {
      from,
      to: Math.max(from, before.length - tail),
      insert: after.slice(from, Math.max(from, after.length - tail)),
    },
  ];
}
