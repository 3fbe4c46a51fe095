const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** Returns the age of an object about as kubectl prints it, such as `5m` or `3d4h`. */
export function ageOf(
  createdAt: string | undefined,
  now: number = Date.now(),
): string {
  const age = now - Date.parse(createdAt ?? '');
  if (Number.isNaN(age)) {
    return '<unknown>';
  }
  const whole = (unit: number) => Math.floor(Math.max(age, 0) / unit);
  const both = (unit: number, big: string, part: number, small: string) => {
    const rest = Math.floor((age % unit) / part);
    return `${whole(unit)}${big}${rest === 0 ? '' : `${rest}${small}`}`;
  };
  if (age < 2 * MINUTE) {
    return `${whole(SECOND)}s`;
  }
  if (age < 10 * MINUTE) {
    return both(MINUTE, 'm', SECOND, 's');
  }
  if (age < 3 * HOUR) {
    return `${whole(MINUTE)}m`;
  }
  if (age < 8 * HOUR) {
    return both(HOUR, 'h', MINUTE, 'm');
  }
  if (age < 2 * DAY) {
    return `${whole(HOUR)}h`;
  }
  if (age < 8 * DAY) {
    return both(DAY, 'd', HOUR, 'h');
  }
  return age < 2 * YEAR ? `${whole(DAY)}d` : both(YEAR, 'y', DAY, 'd');
}
