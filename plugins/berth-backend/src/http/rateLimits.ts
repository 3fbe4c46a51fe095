import { Config } from '@backstage/config';
import { Request, RequestHandler } from 'express';
import { Callers } from '../access/Callers';
import { limitRequests } from '../access/limitRequests';
import { readPositiveNumber } from '../validation/readPositiveNumber';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Tokens have a separate limit, and calls of devices have their own. */
const OTHER_LIMIT = /^\/(clusters\/[^/]+\/token\/?$|kubectl\/session\/)/i;

/**
 * Limits how often a person may ask for tokens, on each replica, by `berth.tokens.requestsPerMinute`. Tokens last
 * ten minutes and are reused, so only a runaway script reaches the limit.
 *
 * @throws InputError if the setting is not a positive whole number
 */
export function createTokenRateLimit(
  config: Config,
  callers: Pick<Callers, 'credentials'>,
): RequestHandler {
  return perPerson(callers, {
    limit: readPositiveNumber(config, 'berth.tokens.requestsPerMinute', 120),
    message: limit =>
      `You asked for more than ${limit} tokens in a minute; wait a moment, and use a token until it expires`,
  });
}

/**
 * Limits how often a person may make or attempt a change, on each replica, by `berth.writes.requestsPerMinute`,
 * because the activity log stores each attempt.
 *
 * @throws InputError if the setting is not a positive whole number
 */
export function createWriteRateLimit(
  config: Config,
  callers: Pick<Callers, 'credentials'>,
): RequestHandler {
  return perPerson(callers, {
    limit: readPositiveNumber(config, 'berth.writes.requestsPerMinute', 120),
    message: limit =>
      `You sent more than ${limit} changes in a minute; wait a moment and try again`,
    skip: ({ method, path }) => READS.has(method) || OTHER_LIMIT.test(path),
  });
}

function perPerson(
  callers: Pick<Callers, 'credentials'>,
  options: {
    limit: number;
    message: (limit: number) => string;
    skip?: (request: Request) => boolean;
  },
): RequestHandler {
  return limitRequests({
    ...options,
    keyOf: async request => {
      const { principal } = await callers.credentials(request);
      return principal.userEntityRef;
    },
  });
}
