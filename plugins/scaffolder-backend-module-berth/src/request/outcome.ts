import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { AccessRequest, RequestStep } from '@berth/plugin-berth-common';
import { titleOf } from './titleOf';

/** Returns the path of the page of a request in the portal. */
export function requestUrl(id: string): string {
  return `/berth/requests/${encodeURIComponent(id)}`;
}

/**
 * Returns whether a request is fulfilled.
 *
 * @throws if the request will not be fulfilled
 */
export function isReady(request: AccessRequest): boolean {
  const { state } = request;
  const what = titleOf(request.spec);
  // The reason may be a sentence, and a full stop follows it.
  const why = reasonIn(request.steps.at(-1)).replace(/\.\s*$/, '');
  const where = `See ${requestUrl(request.id)}`;
  switch (state) {
    case 'Ready':
      return true;
    case 'Denied':
      throw new NotAllowedError(
        `The request for ${what} was denied${by(request)}${why}. ${where}`,
      );
    case 'Withdrawn':
      throw new NotAllowedError(
        `The request for ${what} was withdrawn${by(request)}${why}. ${where}`,
      );
    case 'Failed':
      throw new ServiceUnavailableError(
        `The request for ${what} was approved, but failed${why}. ${where}, where you can try it again for a day`,
      );
    default:
      return false;
  }
}

/** Describes a step in one line of a log. */
export function describeStep(step: RequestStep): string {
  return `${step.state} by ${step.by}${reasonIn(step)}`;
}

function by({ steps }: AccessRequest): string {
  const last = steps.at(-1);
  return last ? ` by ${last.by}` : '';
}

function reasonIn(step: RequestStep | undefined): string {
  return step?.reason ? `: ${step.reason}` : '';
}
