import { ResponseError } from '@backstage/errors';
import { RequestSpec } from '@berth/plugin-berth-common';

/** Returns whether a later call may succeed. Without an answer, there is no status. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ResponseError)) {
    return true;
  }
  const { statusCode } = error;
  return statusCode === 429 || statusCode >= 500;
}

/** Returns the subject of a request, for logs and errors. */
export function titleOf(spec: RequestSpec): string {
  const where = `${spec.namespace} on ${spec.cluster}`;
  switch (spec.kind) {
    case 'namespace':
      return `the namespace ${where}`;
    case 'quota':
      return `a new quota for ${where}`;
    default:
      return `the role ${spec.role} of ${spec.group} in ${where}`;
  }
}
