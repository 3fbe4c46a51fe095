import { ReconcileState } from '@berth/plugin-berth-common';

/** The part of a record that says how far we are with it; with the time of the next try where it failed. */
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
