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
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) {
    start += 1;
  }
  let end = 0;
  while (
    end < most - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1;
  }
  return [
    {
      from: start,
      to: before.length - end,
      insert: after.slice(start, after.length - end),
    },
  ];
}
