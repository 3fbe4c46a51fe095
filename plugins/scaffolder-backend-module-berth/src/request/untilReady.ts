import { ServiceUnavailableError } from '@backstage/errors';
import {
  AccessRequest,
  BerthApi,
  errorFromApi,
  apiErrorMessage,
} from '@berth/plugin-berth-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing, titleOf } from './failure';
import { describeStep, isReady, requestUrl } from './outcome';
import { DEFAULT_PACE, Pace, pausesOf } from './pace';
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
  { berth, context, pace = DEFAULT_PACE }: WaitOptions,
): Promise<AccessRequest> {
  const { input, logger, signal } = context;
  const minutes = input.timeoutMinutes ?? DEFAULT_MINUTES;
  const until = Date.now() + minutes * 60_000;
  let request = submitted;
  let logged = 0;
  for (const pause of pausesOf(pace)) {
    for (const step of request.steps.slice(logged)) {
      logger.info(describeStep(step));
    }
    logged = Math.max(logged, request.steps.length);
    if (isReady(request)) {
      break;
    }
    if (Date.now() + pause > until) {
      throw timeOver(request, minutes);
    }
    await sleep(pause, undefined, { signal });
    try {
      request = await berth.getRequest(request.id);
    } catch (error) {
      signal?.throwIfAborted();
      if (!isPassing(error)) {
        throw errorFromApi(
          error,
          `The request for ${titleOf(
            request.spec,
          )} cannot be followed any further. It still exists: ${requestUrl(
            request.id,
          )}`,
        );
      }
      logger.warn(
        `Berth did not answer; trying again: ${apiErrorMessage(error)}`,
      );
    }
  }
  return request;
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
