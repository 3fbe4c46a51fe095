import { useApi } from '@backstage/core-plugin-api';
import {
  NamespaceAvailability,
  isDnsLabel,
  isSystemNamespace,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { problemOf } from '../format';
import { useAnswer } from './useAnswer';

const PAUSE = 300;

/**
 * The state of a name: `refused` by a rule that only the backend knows, `adoptable` if the cluster has a namespace
 * of this name that Berth does not manage, `unknown` if the cluster did not answer.
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

/** The result of checking a name. */
export interface NameCheck {
  state: NameState;
  /** The name that the namespace gets, with the prefix of the cluster; undefined before the backend answers. */
  name?: string;
  /** The backend's reason why the name cannot be used, or cannot be checked. */
  message?: string;
}

/**
 * Checks a name while a person types it: its syntax immediately, and its availability after a pause.
 *
 * @param group - entity ref of the group that will own the namespace
 * @param adopt - whether an admin takes over the namespace of this name
 */
export function useNameCheck(
  cluster: string,
  name: string,
  group?: string,
  adopt = false,
): NameCheck {
  const api = useApi(berthApiRef);
  const ruleState = ruleOf(name);
  const { latest, error, asking } = useAnswer(
    ruleState || !cluster ? undefined : { cluster, name, group, adopt },
    asked =>
      api.checkNamespaceName(
        { cluster: asked.cluster, namespace: asked.name },
        asked.group,
        asked.adopt || undefined,
      ),
    PAUSE,
  );
  if (ruleState) {
    return { state: ruleState };
  }
  if (asking) {
    return { state: 'checking' };
  }
  // The backend decides when the namespace is created, so a failed check does not block the form.
  return latest
    ? checkOf(latest)
    : {
        state: 'unknown',
        message: error === undefined ? undefined : problemOf(error).message,
      };
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
  const { state, name, message, adoptable } = availability;
  switch (state) {
    case 'Free':
      return { state: 'free', name };
    case 'Taken':
      return { state: adoptable ? 'adoptable' : 'taken', name, message };
    case 'Refused':
      return { state: 'refused', name, message };
    default:
      return { state: 'unknown', name, message };
  }
}
