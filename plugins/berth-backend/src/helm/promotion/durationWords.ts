const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Describes a duration by its two largest units. */
export function durationWords(milliseconds: number): string {
  let rest = Math.max(milliseconds, 0);
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) {
      parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
      rest -= count * size;
    }
  }
  return parts.slice(0, 2).join(' ') || 'less than a minute';
}
