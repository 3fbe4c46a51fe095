import { ReconcileState } from '@berth/plugin-berth-common';

/** The part of a record that says how far we are with it. */
export function outcomeOnly(record: ReconcileState): ReconcileState {
  const { state, cause, message, since } = record;
  return {
    state,
    ...(cause !== undefined && { cause }),
    ...(message !== undefined && { message }),
    since,
  };
}
