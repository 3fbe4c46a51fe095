import {
  FINAL_REQUEST_STATES,
  REQUEST_STATES,
  RequestState,
} from '@berth/plugin-berth-common';
import fc from 'fast-check';
import { isOpen, mayStep, stepsFrom, StepTaker } from './model';

const TAKERS: StepTaker[] = ['requester', 'decider', 'system'];

/** All allowed steps: from, to, and who may take the step. The steps of a retry are not here: a retry has limits of its own. */
const ALLOWED: [RequestState, RequestState, StepTaker][] = [
  ['Draft', 'Submitted', 'requester'],
  ['Draft', 'Withdrawn', 'requester'],
  ['Submitted', 'AutoApproved', 'system'],
  ['Submitted', 'Approved', 'decider'],
  ['Submitted', 'Denied', 'decider'],
  ['Submitted', 'Withdrawn', 'requester'],
  ['AutoApproved', 'Provisioning', 'system'],
  ['Approved', 'Provisioning', 'system'],
  ['Provisioning', 'Ready', 'system'],
  ['Provisioning', 'Failed', 'system'],
];

describe('transitions', () => {
  it.each(
    REQUEST_STATES.flatMap(from =>
      REQUEST_STATES.flatMap(to =>
        TAKERS.map(
          taker =>
            [
              from,
              to,
              taker,
              ALLOWED.some(
                one => one[0] === from && one[1] === to && one[2] === taker,
              ),
            ] as const,
        ),
      ),
    ),
  )('from %s to %s by the %s: %s', (from, to, taker, allowed) => {
    expect(mayStep(from, to, taker)).toBe(allowed);
  });

  it('allow nothing after a final state, except a retry after Failed', () => {
    for (const state of FINAL_REQUEST_STATES) {
      expect(Object.keys(stepsFrom(state))).toEqual(
        state === 'Failed' ? ['Submitted', 'Approved', 'Provisioning'] : [],
      );
      expect(isOpen(state)).toBe(false);
    }
  });

  it('reach Ready only through an approval', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), choices => {
        const path: RequestState[] = ['Draft'];
        for (const choice of choices) {
          const next = Object.keys(stepsFrom(path[path.length - 1]));
          if (next.length === 0) {
            break;
          }
          path.push(next[choice % next.length] as RequestState);
        }
        const before: Partial<Record<RequestState, RequestState[]>> = {
          Ready: ['Provisioning'],
          Failed: ['Provisioning'],
          Provisioning: ['AutoApproved', 'Approved', 'Failed'],
        };
        const strange = path.filter(
          (state, index) => before[state]?.includes(path[index - 1]) === false,
        );
        expect(strange).toEqual([]);
      }),
    );
  });
});
