import {
  cellText,
  durationOf,
  formatDuration,
  isNothing,
  isSameCell,
  sinceOf,
} from './cells';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('durations', () => {
  it.each([
    ['45s', 45 * SECOND],
    ['119s', 119 * SECOND],
    ['3m20s', 3 * MINUTE + 20 * SECOND],
    ['59m', 59 * MINUTE],
    ['3h5m', 3 * HOUR + 5 * MINUTE],
    ['47h', 47 * HOUR],
    ['7d4h', 7 * DAY + 4 * HOUR],
    ['364d', 364 * DAY],
    ['2y30d', 760 * DAY],
    ['9y', 9 * 365 * DAY],
  ])('reads and writes %s as Kubernetes does', (text, milliseconds) => {
    expect(durationOf(text)).toBe(milliseconds);
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it.each(['', '5', '5x', 's', '5 m'])('does not take %j as one', text => {
    expect(durationOf(text)).toBeUndefined();
  });

  it('never writes a negative age', () => {
    expect(formatDuration(-5 * SECOND)).toBe('0s');
  });
});

describe('ages', () => {
  const at = 1_000 * DAY;

  it('grow from the time of the list', () => {
    const cell = sinceOf('45s', at);
    expect(cellText(cell, at)).toBe('45s');
    expect(cellText(cell, at + 10 * SECOND)).toBe('55s');
  });

  it('are the same if they differ by the rounding of the cluster', () => {
    const former = sinceOf('7d4h', at);
    expect(isSameCell(former, sinceOf('7d4h', at + 20 * SECOND))).toBe(true);
    expect(isSameCell(former, sinceOf('7d5h', at + 59 * MINUTE))).toBe(true);
    expect(isSameCell(former, sinceOf('3s', at + 20 * SECOND))).toBe(false);
  });

  it('stay a text where the cluster knows none', () => {
    expect(sinceOf('<unknown>', at)).toBe('<unknown>');
    expect(isNothing('<unknown>')).toBe(true);
  });
});
