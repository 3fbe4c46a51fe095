import { ResponseError } from '@backstage/errors';
import { FieldProblem } from '@berth/plugin-berth-common';

const NAMES: Record<number, string> = {
  400: 'InputError',
  403: 'NotAllowedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  412: 'PreconditionFailedError',
  503: 'ServiceUnavailableError',
};

/** The error that the API client throws when the backend refuses a request. */
export function responseError(
  statusCode: number,
  message: string,
  problems?: FieldProblem[],
): Promise<ResponseError> {
  const body = {
    error: {
      name: NAMES[statusCode] ?? 'Error',
      message,
      ...(problems && { problems }),
    },
    response: { statusCode },
  };
  return ResponseError.fromResponse(
    new Response(JSON.stringify(body), {
      status: statusCode,
      headers: { 'Content-Type': 'application/json' },
    }) as Parameters<typeof ResponseError.fromResponse>[0],
  );
}

/** The error that the API client throws when the backend refuses some fields, with a message for each field path. */
export function fieldsError(
  statusCode: number,
  ...problems: [message: string, ...path: FieldProblem['path']][]
): Promise<ResponseError> {
  return responseError(
    statusCode,
    problems.map(([message]) => message).join('; '),
    problems.map(([message, ...path]) => ({ path, message })),
  );
}
