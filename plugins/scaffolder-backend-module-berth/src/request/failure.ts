import { ResponseError } from '@backstage/errors';
import { RequestAsk } from '@berth/plugin-berth-common';

/** Whether it may be another answer in a while; before there was one, there is no status. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ResponseError)) {
    return true;
  }
  const { statusCode } = error;
  return statusCode === 429 || statusCode >= 500;
}

/** What is asked for, in the words of logs and errors. */
export function titleOf(ask: RequestAsk): string {
  const where = `${ask.namespace} on ${ask.cluster}`;
  switch (ask.kind) {
    case 'namespace':
      return `the namespace ${where}`;
    case 'quota':
      return `another quota of ${where}`;
    default:
      return `the role ${ask.role} of ${ask.group} in ${where}`;
  }
}
