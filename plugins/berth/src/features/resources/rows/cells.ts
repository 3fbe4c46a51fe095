import { ResourceColumn } from '@berth/plugin-berth-common';

/** The moment from which a cell counts, such as the creation of an object: the cell grows older between two lists. */
export interface Since {
  /** Milliseconds since the epoch. */
  since: number;
  /** Milliseconds by which the moment can be wrong: the cluster rounds ages. */
  precision: number;
}

/** The content of a cell. */
export type CellValue = string | number | boolean | null | Since;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

const UNITS: Record<string, number> = {
  y: YEAR,
  d: DAY,
  h: HOUR,
  m: MINUTE,
  s: SECOND,
};

const DURATION = /^(?:\d+[ydhms]){1,5}$/;

/** Columns whose durations count from a moment up to now. */
const AGE_NAMES: ReadonlySet<string> = new Set(['Age', 'Last Schedule']);

export function isSince(cell: CellValue | undefined): cell is Since {
  return typeof cell === 'object' && cell !== null;
}

/** Returns whether the cells of a column are ages, which grow between two lists. */
export function isAgeColumn({ name, type }: ResourceColumn): boolean {
  return type === 'date' || AGE_NAMES.has(name);
}

/** Returns the milliseconds of a duration as Kubernetes writes it, such as `7d4h`. */
export function durationOf(text: string): number | undefined {
  if (!DURATION.test(text)) {
    return undefined;
  }
  return [...text.matchAll(/(\d+)([ydhms])/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * UNITS[unit],
    0,
  );
}

/** Returns the moment from which an age counts; other texts stay. */
export function sinceOf(
  cell: Exclude<CellValue, Since>,
  listedAt: number,
): CellValue {
  if (typeof cell !== 'string') {
    return cell;
  }
  const duration = durationOf(cell);
  if (duration !== undefined) {
    return {
      since: listedAt - duration,
      precision: UNITS[cell[cell.length - 1]],
    };
  }
  return cell;
}

/** Writes a duration as Kubernetes does, such as `7d4h`. */
export function formatDuration(milliseconds: number): string {
  const rest = (unit: number, of: number) =>
    Math.floor((milliseconds % of) / unit);
  const whole = (unit: number) => Math.floor(milliseconds / unit);
  const pair = (large: number, small: number, names: string) => {
    const [first, second] = names;
    const less = rest(small, large);
    return `${whole(large)}${first}${less ? `${less}${second}` : ''}`;
  };
  if (milliseconds < 2 * MINUTE) {
    return `${Math.max(0, whole(SECOND))}s`;
  }
  if (milliseconds < 10 * MINUTE) {
    return pair(MINUTE, SECOND, 'ms');
  }
  if (milliseconds < 3 * HOUR) {
    return `${whole(MINUTE)}m`;
  }
  if (milliseconds < 8 * HOUR) {
    return pair(HOUR, MINUTE, 'hm');
  }
  if (milliseconds < 2 * DAY) {
    return `${whole(HOUR)}h`;
  }
  if (milliseconds < 8 * DAY) {
    return pair(DAY, HOUR, 'dh');
  }
  if (milliseconds < 2 * YEAR) {
    return `${whole(DAY)}d`;
  }
  if (milliseconds < 8 * YEAR) {
    return pair(YEAR, DAY, 'yd');
  }
  return `${whole(YEAR)}y`;
}

/** Returns whether two cells say the same. Ages differ by the rounding of the cluster. */
export function isSameCell(a: CellValue, b: CellValue): boolean {
  return isSince(a) && isSince(b)
    ? Math.abs(a.since - b.since) <= Math.max(a.precision, b.precision) + SECOND
    : a === b;
}

/** Writes a cell. */
export function cellText(cell: CellValue | undefined, now: number): string {
  if (cell === undefined || cell === null) {
    return '';
  }
  return isSince(cell) ? formatDuration(now - cell.since) : String(cell);
}

/** Texts that Kubernetes writes where there is no value. */
const NOTHING: ReadonlySet<string> = new Set([
  '',
  '<none>',
  '<unknown>',
  '<unset>',
  '<invalid>',
]);

/** Returns whether a cell has no value. */
export function isNothing(cell: CellValue | undefined): boolean {
  return (
    cell === undefined ||
    cell === null ||
    (typeof cell === 'string' && NOTHING.has(cell))
  );
}
