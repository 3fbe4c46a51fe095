/** Consecutive rows of a table, which are drawn or not. */
export interface Part {
  from: number;
  /** The index after the last row. */
  to: number;
  isDrawn: boolean;
}

/**
 * Divides the rows of a table into drawn and other parts. The visible rows are drawn. So is the row with the focus and
 * its neighbours, wherever they are: a row that is removed loses the focus, and the Tab key moves to a neighbour.
 *
 * @param focused - index of the row with the focus; -1 if there is none
 */
export function partsOf(
  count: number,
  [first, last]: readonly [number, number],
  focused: number,
): Part[] {
  const near: [number, number] | undefined =
    focused < 0
      ? undefined
      : [Math.max(0, focused - 1), Math.min(count, focused + 2)];
  const drawn = (near ? [near, [first, last]] : [[first, last]]).sort(
    (a, b) => a[0] - b[0],
  );
  const parts: Part[] = [];
  let end = 0;
  for (const [from, to] of drawn) {
    const start = Math.max(from, end);
    if (start > end) {
      parts.push({ from: end, to: start, isDrawn: false });
    }
    if (to > start) {
      parts.push({ from: start, to, isDrawn: true });
      end = to;
    } else {
      end = Math.max(end, start);
    }
  }
  if (end < count) {
    parts.push({ from: end, to: count, isDrawn: false });
  }
  return parts;
}
