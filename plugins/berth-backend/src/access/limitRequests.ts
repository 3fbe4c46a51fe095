import { Request } from 'express';
import { rateLimit, RateLimitRequestHandler } from 'express-rate-limit';

export interface LimitRequestsOptions {
  /** The requests of a key in a minute, on each replica. */
  limit: number;
  keyOf: (request: Request) => string | Promise<string>;
  message: (limit: number) => string;
  skip?: (request: Request) => boolean;
}

/** Answers 429 with `Retry-After` when a number of requests per minute is exceeded. */
export function limitRequests({
  limit,
  keyOf,
  message,
  skip,
}: LimitRequestsOptions): RateLimitRequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    skip,
    keyGenerator: request => keyOf(request),
    handler: (_, response) => {
      response.status(429).json({
        error: { name: 'TooManyRequestsError', message: message(limit) },
        response: { statusCode: 429 },
      });
    },
  });
}
