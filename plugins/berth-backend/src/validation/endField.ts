import { z } from 'zod';

const MOST_YEARS = 10;

/**
 * An end time in the future, within ten years: a later time is a mistake, and from the year 10000 on times no
 * longer sort as text.
 */
export const endField = z.iso
  .datetime({
    offset: true,
    error: 'must be an ISO 8601 time, such as 2027-01-31T18:00:00Z',
  })
  .refine(
    // The format check has already refused texts that are not times.
    typed => !(Date.parse(typed) <= Date.now()),
    'must be in the future',
  )
  .refine(
    typed => !(Date.parse(typed) > latestEnd()),
    `must be within ${MOST_YEARS} years; leave it out for no end`,
  )
  .transform(typed => new Date(typed).toISOString());

function latestEnd(): number {
  const latest = new Date();
  return latest.setUTCFullYear(latest.getUTCFullYear() + MOST_YEARS);
}
