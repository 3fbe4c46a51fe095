import { ServiceUnavailableError } from '@backstage/errors';
import {
  AccessRequest,
  refusalOf,
  RequestsApi,
  wordsOfRefusal,
} from '@berth/plugin-berth-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing, titleOf } from './failure';
import { describeStep, isReady, requestUrl } from './outcome';
import { DEFAULT_PACE, Pace, pausesOf } from './pace';
import { StepContext } from './types';

const DEFAULT_MINUTES = 30;

export interface WaitOptions {
  context: StepContext;
  requests: RequestsApi;
  pace?: Pace;
}

/**
 * Waits until there is what was asked for, and logs each step towards it. A portal that does not answer for
 * a while is asked again until the time is over; that the caller may no longer see the request ends it.
 *
 * @throws if it was denied, withdrawn or failed, if the time is over, and if the task is cancelled
 */
export async function untilReady(
  asked: AccessRequest,
  { context, pace = DEFAULT_PACE, requests }: WaitOptions,
): Promise<AccessRequest> {
  const { input, logger, signal } = context;
  const minutes = input.timeoutMinutes ?? DEFAULT_MINUTES;
  const until = Date.now() + minutes * 60_000;
  let request = asked;
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
      request = await requests.getRequest(request.id);
    } catch (error) {
      signal?.throwIfAborted();
      if (!isPassing(error)) {
        throw refusalOf(
          error,
          `The request for ${titleOf(
            request.ask,
          )} cannot be followed further, but stays: ${requestUrl(request.id)}`,
        );
      }
      logger.warn(
        `Asking again, as Berth did not answer: ${wordsOfRefusal(error)}`,
      );
    }
  }
  return request;
}

function timeOver(request: AccessRequest, minutes: number): Error {
  return new ServiceUnavailableError(
    `The request for ${titleOf(request.ask)} is ${
      request.state
    } after ${minutes} min, and stays: ${requestUrl(
      request.id,
    )}. Run the task again to wait further for the same request`,
  );
}
