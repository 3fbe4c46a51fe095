import { DateTime } from 'luxon';

/** Writes an ISO 8601 time as a `datetime-local` input wants it, in the time zone of the browser. */
export function toLocalInput(time: string | undefined): string {
  return time === undefined
    ? ''
    : DateTime.fromISO(time).toFormat("yyyy-MM-dd'T'HH:mm");
}

/** Reads what a `datetime-local` input gives; undefined where nothing or nothing whole was typed. */
export function fromLocalInput(typed: string): string | undefined {
  return DateTime.fromISO(typed).toUTC().toISO() ?? undefined;
}
