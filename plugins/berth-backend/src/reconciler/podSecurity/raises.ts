import { currentInventory } from '../currentInventory';
import { isTerminating } from '../drift';
import { keyOf, keyText } from '../keys';
import { isOurs } from '../plan';
import { isRaise } from '../profiles/podSecurity';
import {
  hasPendingFields,
  isLevelOverwritten,
} from '../profiles/profileFields';
import {
  DesiredSubject,
  InventoryEntry,
  NamespaceObject,
  ObjectKey,
  Observed,
} from '../types';

/** A namespace that would be enforced at a higher level than now. */
export interface Raise {
  wanted: NamespaceObject;
  actual: NamespaceObject;
}

/** The desired and the actual state of the namespaces of a cluster. */
export interface RaiseFacts {
  wanted: DesiredSubject[];
  observed: Pick<Observed, 'objects'>;
  inventory: InventoryEntry[];
}

/**
 * Returns the namespaces that get a higher level only if their pods meet it. The plan changes no namespace of others, so
 * none of those may wait and keep the turn. One that nobody can have used yet has no pods.
 */
export function raisesToTry(clusterId: string, facts: RaiseFacts): Raise[] {
  const { wanted, observed, inventory } = facts;
  const uids = new Map(inventory.map(entry => [keyText(entry), entry.uid]));
  return raisesIn(wanted, observed).filter(
    ({ actual }) => isOurs(actual, clusterId, uids) && !isUnused(actual, facts),
  );
}

/**
 * Returns the namespaces that would be enforced at a higher level than now. Where something else changed the level that
 * Berth wrote, the plan reports it and raises nothing.
 */
function raisesIn(
  subjects: DesiredSubject[],
  { objects }: Pick<Observed, 'objects'>,
): Raise[] {
  const raises = new Map<string, Raise>();
  for (const { namespace: wanted } of subjects) {
    const actual = objects.get(keyText(keyOf(wanted)));
    if (
      actual &&
      !isTerminating(actual) &&
      isRaise(wanted, actual) &&
      !isLevelOverwritten(wanted, actual)
    ) {
      raises.set(wanted.metadata.name, { wanted, actual });
    }
  }
  return [...raises.values()];
}

/**
 * Returns whether nobody can have used a namespace yet: Berth created it, as its mark and the inventory prove, and has
 * neither written the fields of its profile nor made a role binding in it. Its level comes with those fields, before
 * anybody gets access. The absence of bindings alone proves nothing: they can have ended, and others can use a namespace
 * without them.
 */
function isUnused(
  namespace: NamespaceObject,
  { wanted, observed, inventory }: RaiseFacts,
): boolean {
  const { name, uid } = namespace.metadata;
  // A row without a UID is the intent of a creation whose end was not recorded.
  const isCreation = (one: InventoryEntry) =>
    one.kind === 'Namespace' &&
    one.name === name &&
    (one.uid === undefined || one.uid === uid);
  const isBindingHere = (key: ObjectKey) =>
    key.kind === 'RoleBinding' && key.namespace === name;
  return (
    hasPendingFields(namespace) &&
    inventory.some(isCreation) &&
    !currentInventory(inventory, observed).some(
      one => isBindingHere(one) && one.uid !== undefined,
    ) &&
    !wanted
      .flatMap(({ objects }) => objects.map(keyOf))
      .some(key => isBindingHere(key) && observed.objects.has(keyText(key)))
  );
}
