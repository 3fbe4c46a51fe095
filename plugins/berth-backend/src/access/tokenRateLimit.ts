import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

const SETTING = 'berth.tokens.requestsPerMinute';
const DEFAULT_REQUESTS_PER_MINUTE = 120;

/**
 * Bounds how often a person may ask for tokens, on each replica, by `berth.tokens.requestsPerMinute`.
 * Tokens last for ten minutes and are handed out again, so only a runaway script ever meets the bound.
 *
 * @throws InputError if the setting is not a positive whole number
 */
export function createTokenRateLimit(
  config: Config,
  httpAuth: HttpAuthService,
): RequestHandler {
  const limit =
    config.getOptionalNumber(SETTING) ?? DEFAULT_REQUESTS_PER_MINUTE;
  if (!Number.isInteger(limit) || limit < 1) {
    throw new InputError(
      `${SETTING} is ${limit}, but it must be a positive whole number`,
    );
  }
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: async request => {
      const { principal } = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      return principal.userEntityRef;
    },
    handler: (_, response) => {
      const message = `You asked for more than ${limit} tokens in a minute; wait a moment, and use a token until it expires`;
      response.status(429).json({
        error: { name: 'TooManyRequestsError', message },
        response: { statusCode: 429 },
      });
    },
  });
}
