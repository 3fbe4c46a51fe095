import { ConflictError, CustomErrorBase } from '@backstage/errors';
import { OperationRecord } from './types';

/** On all replicas. */
const QUEUED = 8;
/** Of which one person may have these. */
const QUEUED_PER_PERSON = 4;

/** Too many operations wait. */
export class OperationLimitError extends CustomErrorBase {
  name = 'OperationLimitError' as const;

  /** Not a property of the error itself, because those are part of the answer. */
  get statusCode(): number {
    return 429;
  }
}

/** @throws OperationLimitError if too many operations wait */
export function assertRoom(
  live: Pick<OperationRecord, 'person' | 'state'>[],
  person: string,
): void {
  const queued = live.filter(({ state }) => state === 'Queued');
  if (queued.filter(one => one.person === person).length >= QUEUED_PER_PERSON) {
    throw new OperationLimitError(
      `${QUEUED_PER_PERSON} of your operations on releases wait for their turn. Try again when one of them has ended`,
    );
  }
  if (queued.length >= QUEUED) {
    throw new OperationLimitError(
      `${QUEUED} operations on releases wait for their turn. Try again when one of them has ended`,
    );
  }
}

/** The error for a release that an operation holds. */
export function conflictOf(
  running: OperationRecord | undefined,
): ConflictError {
  return new ConflictError(
    running
      ? `An operation on ${running.release} has not ended: ${running.kind}, started by ${running.person} at ${running.createdAt} (${running.id})`
      : 'An operation on the release ended at this moment. Look at the preview again',
  );
}
