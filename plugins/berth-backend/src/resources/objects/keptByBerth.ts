import { NotAllowedError } from '@backstage/errors';
import { JsonRecord, textAt } from './json';
import { isKeptByBerth } from './view';

const PLACES: Record<string, string> = {
  LimitRange: 'Change the quota on the page of the namespace in the portal',
  Namespace: 'Change it on the page of the namespace in the portal',
  NetworkPolicy:
    'It comes from the profile of the cluster, which a platform admin can change',
  ResourceQuota: 'Change the quota on the page of the namespace in the portal',
  RoleBinding: 'Change the access on the page of the namespace in the portal',
};

const ELSEWHERE = 'A platform admin can change it in the portal';

/**
 * Refuses a change that Berth would undo.
 *
 * @throws NotAllowedError with the place where a person can change what the object is for
 */
export function assertNotKept(object: JsonRecord): void {
  if (isKeptByBerth(object)) {
    const kind = textAt(object, 'kind') ?? 'object';
    throw new NotAllowedError(
      `Berth keeps the ${kind} ${textAt(
        object,
        'metadata',
        'name',
      )} and would undo the change. ${
        Object.hasOwn(PLACES, kind) ? PLACES[kind] : ELSEWHERE
      }`,
    );
  }
}
