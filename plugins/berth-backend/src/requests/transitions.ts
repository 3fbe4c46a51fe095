import { RequestState } from '@berth/plugin-berth-common';

/** Who takes a step: who asked, who may decide, or the portal itself. */
export type StepTaker = 'requester' | 'decider' | 'system';

const STEPS: Record<
  RequestState,
  Partial<Record<RequestState, StepTaker[]>>
> = {
  Draft: { Submitted: ['requester'], Withdrawn: ['requester'] },
  Submitted: {
    AutoApproved: ['system'],
    Approved: ['decider'],
    Denied: ['decider'],
    Withdrawn: ['requester'],
  },
  AutoApproved: { Provisioning: ['system'] },
  Approved: { Provisioning: ['system'] },
  Provisioning: { Ready: ['system'], Failed: ['system'] },
  Failed: {
    // Judged again, as if it were new.
    Submitted: ['requester'],
    Approved: ['decider'],
    // Only to look again at what was written and still stands.
    Provisioning: ['requester', 'decider'],
  },
  Denied: {},
  Withdrawn: {},
  Ready: {},
};

/** Every state, from the first to the last. */
export const REQUEST_STATES = Object.keys(STEPS) as RequestState[];

/** The states that may follow one, and who may bring each about. */
export function stepsFrom(
  state: RequestState,
): Partial<Record<RequestState, StepTaker[]>> {
  return STEPS[state];
}

/** Whether a person with a role may take a request from one state to another. */
export function mayStep(
  from: RequestState,
  to: RequestState,
  taker: StepTaker,
): boolean {
  return STEPS[from][to]?.includes(taker) ?? false;
}

/** The states in which a request is not over. */
export const UNFINISHED = REQUEST_STATES.filter(
  state => state === 'Draft' || isOpen(state),
);

/** Whether a request blocks another for the same target. */
export function isOpen(state: RequestState): boolean {
  return ['Submitted', 'AutoApproved', 'Approved', 'Provisioning'].includes(
    state,
  );
}
