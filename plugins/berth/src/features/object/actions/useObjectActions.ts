import { useApi } from '@backstage/core-plugin-api';
import {
  ObjectAction,
  ObjectActionResult,
  ObjectAddress,
  ObjectView,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { useAbilities, useText } from '../../../kit';
import { textAt } from '../reading';
import { ActionId, actionsOf, neededFor } from './actions';

type WithoutUid<Action> = Action extends unknown ? Omit<Action, 'uid'> : never;

/** An action, without the UID that every action has. */
export type Act = WithoutUid<ObjectAction>;

/** The actions on one object. */
export interface ObjectActions {
  /** Those that make sense for the object. */
  ids: ActionId[];
  /** Why an action is disabled; undefined if it is not. */
  reasonOf: (action: ActionId) => string | undefined;
  /** Acts on the object that the person sees, and loads the page again. */
  act: (action: Act) => Promise<ObjectActionResult>;
  /** UID of the object that the person sees. */
  uid: string;
}

/** Returns what the person can do with an object. */
export function useObjectActions(
  address: ObjectAddress,
  view: ObjectView,
  onChanged: () => Promise<void>,
): ObjectActions {
  const t = useText();
  const api = useApi(berthApiRef);
  const can = useAbilities(address.cluster, address.namespace);
  const uid = textAt(view.object, 'metadata.uid') ?? '';
  const isGoing =
    textAt(view.object, 'metadata.deletionTimestamp') !== undefined;
  return {
    ids: actionsOf(address, view.object),
    reasonOf: action => {
      if (view.keptByBerth) {
        return t('object.kept.reason');
      }
      if (isGoing) {
        return t('object.actions.deleting');
      }
      const { verb, asked } = neededFor(action, address);
      const { allowed, reason } = can(verb, asked);
      return allowed ? undefined : reason;
    },
    act: async action => {
      const result = await api.actOnObject(address, {
        ...action,
        uid,
      } as ObjectAction);
      await onChanged();
      return result;
    },
    uid,
  };
}
