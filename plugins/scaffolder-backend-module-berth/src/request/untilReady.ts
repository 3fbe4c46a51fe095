import { ServiceUnavailableError } from '@backstage/errors';
import { AccessRequest, BerthApi } from '@berth/plugin-berth-common';
import { Pace, waitUntil } from '../waiting';
import { titleOf } from './titleOf';
import { describeStep, isReady, requestUrl } from './outcome';
import { StepContext } from './types';

const DEFAULT_MINUTES = 30;

export interface WaitOptions {
  berth: BerthApi;
  context: StepContext;
  pace?: Pace;
}

/**
 * Waits until a request is fulfilled, and logs each of its steps. While the portal does not answer, it tries
 * again until the time is over. When the caller may no longer see the request, it stops.
 *
 * @throws if the request was denied, withdrawn or failed, if the time is over, and if the task is cancelled
 */
export async function untilReady(
  submitted: AccessRequest,
  { berth, context, pace }: WaitOptions,
): Promise<AccessRequest> {
  const { input, logger, signal } = context;
  const minutes = input.timeoutMinutes ?? DEFAULT_MINUTES;
  let logged = 0;
  return waitUntil<AccessRequest>({
    ...{ logger, minutes, pace, signal, first: submitted },
    look: ({ id }) => berth.getRequest(id),
    note(request) {
      for (const step of request.steps.slice(logged)) {
        logger.info(describeStep(step));
      }
      logged = Math.max(logged, request.steps.length);
      return isReady(request);
    },
    timeOver: request => timeOver(request, minutes),
    lost: ({ id, spec }) =>
      `The request for ${titleOf(
        spec,
      )} cannot be followed any further. It still exists: ${requestUrl(id)}`,
  });
}

function timeOver(request: AccessRequest, minutes: number): Error {
  return new ServiceUnavailableError(
    `The request for ${titleOf(request.spec)} is ${
      request.state
    } after ${minutes} min. It still exists: ${requestUrl(
      request.id,
    )}. Run the task again to keep waiting for the same request`,
  );
}
