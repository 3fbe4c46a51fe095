import { ResponseError } from '@backstage/errors';

const NAMES: Record<number, string> = {
  400: 'InputError',
  403: 'NotAllowedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  412: 'PreconditionFailedError',
  503: 'ServiceUnavailableError',
};

/** What the API client throws when the backend refuses. */
export function responseError(
  statusCode: number,
  message: string,
): Promise<ResponseError> {
  const body = {
    error: { name: NAMES[statusCode] ?? 'Error', message },
    response: { statusCode },
  };
  return ResponseError.fromResponse(
    new Response(JSON.stringify(body), {
      status: statusCode,
      headers: { 'Content-Type': 'application/json' },
    }) as Parameters<typeof ResponseError.fromResponse>[0],
  );
}
