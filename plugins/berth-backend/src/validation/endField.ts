import { z } from 'zod';

const MOST_YEARS = 10;

/**
 * The end of something, in the future. Within ten years: what is later is a mistake, and beyond the year 9999
 * times do not sort as text any more.
 */
export const endField = z.iso
  .datetime({
    offset: true,
    error: 'must be an ISO 8601 time, such as 2027-01-31T18:00:00Z',
  })
  .refine(
    // What is no time has been refused already.
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
