import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  NamespaceAvailability,
  isDnsLabel,
  isSystemNamespace,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { problemOf } from '../format';

const DELAY = 300;

/**
 * Whether a name can be used: `refused` by a rule that only the backend knows, `adoptable` where the cluster
 * has a namespace that Berth does not manage, `unknown` where the cluster did not answer.
 */
export type NameState =
  | 'empty'
  | 'invalid'
  | 'reserved'
  | 'refused'
  | 'checking'
  | 'taken'
  | 'adoptable'
  | 'free'
  | 'unknown';

/** What is known of a name. */
export interface NameCheck {
  state: NameState;
  /** Why it cannot be used, or why that is not known, from the backend. */
  message?: string;
}

/**
 * Checks a name while a person types it: its rule at once, and whether it is free after a moment of rest.
 *
 * @param group - entity ref of the group that is to own the namespace
 */
export function useNameCheck(
  cluster: string,
  name: string,
  group?: string,
): NameCheck {
  const api = useApi(berthApiRef);
  const key = [cluster, name, group].join(' ');
  const [answer, setAnswer] = useState<{ key: string; check: NameCheck }>();
  const ruleState = ruleOf(name);

  useEffect(() => {
    if (ruleState || !cluster) {
      return undefined;
    }
    let current = true;
    const timer = setTimeout(async () => {
      const check = await api
        .checkNamespaceName({ cluster, namespace: name }, group)
        .then(
          checkOf,
          // The backend decides when the namespace is created, so a failed check keeps nobody from trying.
          (error): NameCheck => ({
            state: 'unknown',
            message: problemOf(error).message,
          }),
        );
      if (current) {
        setAnswer({ key: [cluster, name, group].join(' '), check });
      }
    }, DELAY);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, cluster, group, name, ruleState]);

  if (ruleState) {
    return { state: ruleState };
  }
  if (!cluster) {
    return { state: 'unknown' };
  }
  return answer?.key === key ? answer.check : { state: 'checking' };
}

function ruleOf(name: string): NameState | undefined {
  if (!name) {
    return 'empty';
  }
  if (!isDnsLabel(name)) {
    return 'invalid';
  }
  return isSystemNamespace(name) ? 'reserved' : undefined;
}

function checkOf(availability: NamespaceAvailability): NameCheck {
  const { state, message, adoptable } = availability;
  switch (state) {
    case 'Free':
      return { state: 'free' };
    case 'Taken':
      return { state: adoptable ? 'adoptable' : 'taken', message };
    case 'Refused':
      return { state: 'refused', message };
    default:
      return { state: 'unknown', message };
  }
}
