import { ReconcileState } from '@berth/plugin-berth-common';

/** Returns the reconcile state of a record, with the time of the next try if the last one failed. */
export function reconcileStateOf(
  record: ReconcileState,
  nextTryAt?: string,
): ReconcileState {
  const { state, cause, message, since } = record;
  return {
    state,
    ...(cause !== undefined && { cause }),
    ...(message !== undefined && { message }),
    since,
    ...(state === 'Failed' && nextTryAt !== undefined && { nextTryAt }),
  };
}
