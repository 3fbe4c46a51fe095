import { DateTime, Duration } from 'luxon';

const JUST_NOW = 10_000;
/** A moment that is twelve hours away is so for this long after it was chosen, and not `in 11 hours` at once. */
const LEEWAY = 30_000;

const UNITS = ['years', 'months', 'days', 'hours', 'minutes'] as const;

const TIME_OF_DAY = {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/** A moment in words: relative to now, as a time of day or date, and exactly. */
export interface MomentText {
  /** Such as `10 minutes ago`; undefined within the last few seconds. */
  relative?: string;
  /** The relative time in short, such as `10 min. ago`. */
  short?: string;
  /** The time since then, such as `10 min`; undefined within the last few seconds. */
  age?: string;
  /** Such as `10:42`, with the date unless it is today, and the year unless it is this one. */
  clock: string;
  /** Such as `Sat, Nov 21, 2026, 10:42:13 UTC+1`. */
  exact: string;
}

/**
 * Writes a moment for people.
 *
 * @param moment - ISO 8601, or milliseconds since the epoch
 * @param now - milliseconds since the epoch
 * @param locale - BCP 47, such as `en`
 */
export function formatMoment(
  moment: string | number,
  now: number,
  locale: string,
): MomentText {
  const time = (
    typeof moment === 'number'
      ? DateTime.fromMillis(moment)
      : DateTime.fromISO(moment)
  ).setLocale(locale);
  const today = time.hasSame(DateTime.fromMillis(now), 'day');
  const thisYear = time.hasSame(DateTime.fromMillis(now), 'year');
  const base = DateTime.fromMillis(
    time.toMillis() - now > LEEWAY ? now - LEEWAY : now,
  );
  const relativeIn = (style: 'long' | 'short') =>
    Math.abs(now - time.toMillis()) < JUST_NOW
      ? undefined
      : time.toRelative({ base, style }) ?? undefined;
  return {
    relative: relativeIn('long'),
    short: relativeIn('short'),
    age: relativeIn('short') && ageOf(time, now),
    clock: time.toLocaleString(
      today
        ? TIME_OF_DAY
        : {
            ...TIME_OF_DAY,
            day: 'numeric',
            month: 'short',
            year: thisYear ? undefined : 'numeric',
          },
    ),
    exact: `${time.toLocaleString({
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })} ${time.toFormat('ZZZZ')}`,
  };
}

/** Writes an age in its largest unit, such as `10 min` or `3 days`. */
function ageOf(time: DateTime, now: number): string {
  const age = DateTime.fromMillis(now).diff(time);
  const unit = UNITS.find(name => Math.abs(age.as(name)) >= 1) ?? 'seconds';
  return Duration.fromObject(
    { [unit]: Math.floor(Math.abs(age.as(unit))) },
    { locale: time.locale ?? undefined },
  ).toHuman({ unitDisplay: 'short' });
}

/**
 * Writes a day for people, such as `Jan 1, 2046`.
 *
 * @param moment - milliseconds since the epoch
 * @param locale - BCP 47, such as `en`
 */
export function formatDay(moment: number, locale: string): string {
  return DateTime.fromMillis(moment)
    .setLocale(locale)
    .toLocaleString(DateTime.DATE_MED);
}

/** Writes a remaining time as minutes and seconds, such as `9:05`. */
export function formatRemaining(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const rest = String(seconds % 60).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${rest}`;
}
