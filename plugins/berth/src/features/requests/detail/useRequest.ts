import { useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { AccessRequest, BerthApi } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { problemOf } from '../../../kit/format';
import { Polled, usePolled } from '../../../kit/query';
import { intervalFor } from '../list/requestsQuery';

/** An action on a request. */
export type Action = 'submit' | 'withdraw' | 'retry' | 'approve' | 'deny';

/**
 * The result of an action: done, another person acted first, failed for another reason, or another action is
 * running.
 */
export type ActOutcome = 'done' | 'conflict' | 'failed' | 'busy';

/** A request and the caller's actions on it. */
export interface RequestFollowing {
  polled: Polled<AccessRequest>;
  /** The running action. */
  pending?: Action;
  /** The failed action and its error. */
  failure?: { action: Action; error: unknown };
  /** The backend's message when another person acted first; the request is then read again. */
  conflict?: string;
  /** Runs an action. Never rejects, and does nothing while another action is running. */
  act: (
    action: Action,
    step: (api: BerthApi) => Promise<AccessRequest>,
  ) => Promise<ActOutcome>;
}

/** Polls one request. */
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
  // A second click can come before the first is rendered.
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
