import { useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { AccessRequest, BerthApi } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { problemOf } from '../../../kit/format';
import { Polled, usePolled } from '../../../kit/query';
import { intervalFor } from '../list/useRequests';

/** What can be done with a request. */
export type Action = 'submit' | 'withdraw' | 'retry' | 'approve' | 'deny';

/** Whether the step was taken, another person was first, or it failed for another reason. */
export type ActOutcome = 'done' | 'conflict' | 'failed' | 'busy';

/** A request and what the caller does with it. */
export interface RequestFollowing {
  polled: Polled<AccessRequest>;
  /** What is being done. */
  pending?: Action;
  /** What could not be done, and why. */
  failure?: { action: Action; error: unknown };
  /** The backend's message when another person took a step first; the request is then read again. */
  conflict?: string;
  /** Never rejects, and does nothing while something is being done. */
  act: (
    action: Action,
    step: (api: BerthApi) => Promise<AccessRequest>,
  ) => Promise<ActOutcome>;
}

/** Follows one request. */
export function useRequest(id: string): RequestFollowing {
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['request', id],
    load: () => api.getRequest(id),
    every: request => intervalFor(request && { items: [request] }),
  });
  const [outcome, setOutcome] = useState<
    Pick<RequestFollowing, 'pending' | 'failure' | 'conflict'>
  >({});
  // A second click comes before the first has been drawn.
  const busy = useRef(false);

  const act: RequestFollowing['act'] = async (action, step) => {
    if (busy.current) {
      return 'busy';
    }
    busy.current = true;
    setOutcome({ pending: action });
    try {
      await step(api);
      await polled.refresh();
      setOutcome({});
      return 'done';
    } catch (error) {
      const { kind, message } = problemOf(error);
      if (kind === 'conflict') {
        await polled.refresh();
        setOutcome({ conflict: message });
        return 'conflict';
      }
      setOutcome({ failure: { action, error } });
      return 'failed';
    } finally {
      busy.current = false;
    }
  };

  return { polled, ...outcome, act };
}
