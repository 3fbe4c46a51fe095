import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import {
  BerthApi,
  HELM_USUAL_MINUTES,
  HelmOperation,
  HelmOperationLine,
  isHelmOperationLive,
} from '@berth/plugin-berth-common';
import { Pace, waitUntil } from '../waiting';
import { HelmStepContext } from './types';
import { operationUrl, titleOf } from './words';

/** In the queue, and for reading the release afterwards. */
const SPARE_MINUTES = 10;
/** Longer than an operation takes that becomes neither done nor ready. */
const DEFAULT_MINUTES =
  HELM_USUAL_MINUTES.run + HELM_USUAL_MINUTES.ready + SPARE_MINUTES;

interface Look {
  operation: HelmOperation;
  /** Those that came since the former look. */
  lines: HelmOperationLine[];
  last: number;
}

/**
 * Logs the lines of an operation until it ends. What helm itself prints is left out: it may hold values, and more
 * people may read the log of a task than the operation.
 *
 * @throws if the operation did not succeed, if the time is over, and if the task is cancelled
 */
export async function follow(
  started: HelmOperation,
  {
    berth,
    context,
    pace,
  }: { berth: BerthApi; context: HelmStepContext; pace?: Pace },
): Promise<HelmOperation> {
  const { input, logger, signal } = context;
  const minutes = input.timeoutMinutes ?? DEFAULT_MINUTES;
  const url = operationUrl(input, started.id);
  const { operation } = await waitUntil<Look>({
    ...{ logger, minutes, pace, signal },
    first: { operation: started, lines: [], last: 0 },
    look: ({ last }) => look(berth, started.id, last),
    note({ operation: seen, lines }) {
      lines.forEach(line => log(logger, line));
      return !isHelmOperationLive(seen.state);
    },
    timeOver: () =>
      new ServiceUnavailableError(
        `The operation on ${titleOf(
          input,
        )} has not ended after ${minutes} min. It goes on: ${url}. Run the task again to keep waiting for it`,
      ),
    lost: () =>
      `The operation on ${titleOf(
        input,
      )} cannot be followed any further. It goes on: ${url}`,
  });
  if (operation.state !== 'Succeeded') {
    throw failureOf(operation, url);
  }
  return operation;
}

/** Reads the operation before its lines, so that the lines of an operation that ended are whole. */
async function look(berth: BerthApi, id: string, after: number): Promise<Look> {
  const operation = await berth.getHelmOperation(id);
  const lines: HelmOperationLine[] = [];
  let last = after;
  for (;;) {
    const page = await berth.getHelmOperationLines(id, last);
    lines.push(...page.items);
    last = page.items.at(-1)?.seq ?? last;
    if (page.items.length === 0 || page.next === undefined) {
      return { operation, lines, last };
    }
  }
}

function log(
  logger: HelmStepContext['logger'],
  { level, text }: HelmOperationLine,
): void {
  if (level === 'Warning' || level === 'Error') {
    logger.warn(text);
  } else if (level !== 'Output') {
    logger.info(text);
  }
}

function failureOf(operation: HelmOperation, url: string): Error {
  const { kind, state, message, advice } = operation;
  const why = [message, advice].filter(Boolean).join('. ');
  return new ConflictError(
    `The ${kind} is ${state}${why && `: ${why}`}. See ${url}`,
  );
}
