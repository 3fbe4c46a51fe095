import {
  assertKubernetesGroupName,
  assertNamespaceName,
} from '@berth/plugin-berth-common';
import { KubeObject } from '../kube';
import { toError } from '@backstage/errors';
import { currentInventory } from './currentInventory';
import { ownLabels } from './desired';
import { differs, includesAll, isTerminating, metadataDiffers } from './drift';
import { foreignNamespaceProblem } from './foreignNamespace';
import { keyOf, keyText, namespaceKey } from './keys';
import { KINDS } from './kinds';
import { problemOf } from './problems';
import { withAppliedFields } from './profiles/appliedFields';
import {
  overwrittenField,
  PROFILE_FIELDS,
  profileFieldsText,
  withoutOverwritten,
} from './profiles/profileFields';
import {
  Action,
  DesiredSubject,
  InventoryEntry,
  NamespaceObject,
  ObjectKey,
  Observed,
  Plan,
  Problem,
  Revocation,
  SubjectPlan,
} from './types';

export interface PlanInput {
  cluster: { id: string; name: string };
  desired: DesiredSubject[];
  observed: Observed;
  inventory: InventoryEntry[];
  /** The names of this cluster's former registrations, by id. */
  formers?: ReadonlyMap<string, string>;
}

interface Context extends PlanInput {
  /** The UIDs of the current inventory, by `keyText`. */
  uids: ReadonlyMap<string, string | undefined>;
}

/**
 * Computes the steps from the actual to the desired state. The plan of a cluster that matches is empty.
 *
 * No plan deletes a namespace. A namespace is ours if the inventory knows its UID or if it has our labels, and
 * a plan changes only objects in namespaces that are ours. In a namespace of ours the name
 * `berth:<role>:<group>` is ours too, even if others made the binding. Other objects in it are deleted if the
 * inventory lists them and nobody wants them: by the UID of the inventory, whatever their labels.
 */
export function plan(input: PlanInput): Plan {
  const uids = new Map(
    currentInventory(input.inventory, input.observed).map(entry => [
      keyText(entry),
      entry.uid,
    ]),
  );
  const context = { ...input, uids };
  const begun = new Set<string>();
  return {
    revocations: planRevocations(input),
    subjects: input.desired.map(wanted => {
      // Several subjects may share a namespace; the first one that has steps gets the steps of the namespace.
      const { name } = wanted.namespace.metadata;
      const planned = planSubject(wanted, context, !begun.has(name));
      if (planned.actions.some(isOnNamespace)) {
        begun.add(name);
      }
      return planned;
    }),
  };
}

/** Returns the objects to observe before a plan can be made. Secrets are never read. */
export function keysToObserve(
  wanted: DesiredSubject[],
  inventory: InventoryEntry[],
): ObjectKey[] {
  const keys = [
    ...wanted
      .filter(subject => !nameRefusal(subject))
      .flatMap(({ namespace, objects }) => [namespace, ...objects].map(keyOf)),
    ...unwanted(wanted, inventory).filter(entry => entry.uid === undefined),
  ];
  const readable = keys.filter(({ kind }) => kind !== 'Secret');
  return [...new Map(readable.map(key => [keyText(key), key])).values()];
}

/** Returns the objects to delete: everything that we made and nobody wants any more, except namespaces. */
export function unwanted(
  wanted: DesiredSubject[],
  inventory: InventoryEntry[],
): InventoryEntry[] {
  const kept = new Set(
    wanted
      // The name was allowed once and is reserved now, so the objects that we made there are revoked.
      .filter(subject => !nameRefusal(subject))
      .flatMap(({ objects }) => objects)
      .map(object => keyText(keyOf(object))),
  );
  return inventory.filter(
    entry => entry.kind !== 'Namespace' && !kept.has(keyText(entry)),
  );
}

/** Returns the objects to delete whose UID is known: they can be deleted before the cluster is observed. */
export function revocable(
  wanted: DesiredSubject[],
  inventory: InventoryEntry[],
): Revocation[] {
  return unwanted(wanted, inventory)
    .sort((a, b) => KINDS[b.kind].order - KINDS[a.kind].order)
    .flatMap(({ uid, ...key }) =>
      uid === undefined ? [] : [{ type: 'delete' as const, key, uid }],
    );
}

function planRevocations(input: PlanInput): Revocation[] {
  const { cluster, desired, observed, inventory } = input;
  return unwanted(desired, inventory).flatMap((entry): Revocation[] => {
    const { uid, ...key } = entry;
    if (uid !== undefined) {
      return [{ type: 'delete', key, uid }];
    }
    if (key.kind === 'Secret') {
      return [{ type: 'delete', key }];
    }
    if (observed.failures.has(keyText(key))) {
      return [];
    }
    // We died between intent and result: an object of this name is ours only if it has our labels.
    const found = observed.objects.get(keyText(key));
    return found?.metadata.uid &&
      includesAll(found.metadata.labels, ownLabels(cluster.id))
      ? [{ type: 'delete', key, uid: found.metadata.uid }]
      : [{ type: 'forget', key }];
  });
}

function planSubject(
  wanted: DesiredSubject,
  input: Context,
  first: boolean,
): SubjectPlan {
  const planned = {
    subject: wanted.subject,
    namespace: wanted.namespace.metadata.name,
  };
  const namespace = namespaceOf(wanted, input.observed);
  if (wanted.deleting && (!namespace || isTerminating(namespace))) {
    return { ...planned, actions: [] };
  }
  if (wanted.cleanUp && !needsCleanUp(wanted, input)) {
    return { ...planned, actions: [] };
  }
  const problem = problemWith(wanted, input);
  if (problem) {
    return {
      ...planned,
      actions: [],
      problem,
      unplanned: wanted.objects.map(keyOf),
    };
  }
  const overwritten = overwrittenProblem(wanted, input);
  const held = overwritten ?? wanted.held;
  if (held) {
    // What the namespace has is restored, and nobody gets new access.
    const isNewAccess = (object: KubeObject) =>
      object.kind === 'RoleBinding' &&
      input.uids.get(keyText(keyOf(object))) === undefined;
    return {
      ...planned,
      actions: [
        ...(first ? namespaceActions(wanted, input) : []),
        ...wanted.objects
          .filter(object => !isNewAccess(object))
          .flatMap(object => objectActions(object, input)),
      ],
      problem: held,
      unplanned: wanted.objects.filter(isNewAccess).map(keyOf),
    };
  }
  return {
    ...planned,
    actions: [
      ...(first ? namespaceActions(wanted, input) : []),
      ...wanted.objects.flatMap(object => objectActions(object, input)),
    ],
  };
}

/** Returns whether a namespace of ours has fields of a profile, or whether that is not known. */
function needsCleanUp(
  wanted: DesiredSubject,
  { cluster, observed, uids }: Context,
): boolean {
  if (observed.failures.has(keyText(keyOf(wanted.namespace)))) {
    return true;
  }
  const namespace = namespaceOf(wanted, observed);
  return (
    namespace !== undefined &&
    !isTerminating(namespace) &&
    isOurs(namespace, cluster.id, uids) &&
    profileFieldsText(namespace) !== ''
  );
}

function problemWith(
  wanted: DesiredSubject,
  { cluster, observed, uids, formers = new Map() }: Context,
): Problem | undefined {
  const { name } = wanted.namespace.metadata;
  const refusal = nameRefusal(wanted);
  if (refusal) {
    return { cause: 'NameRefused', message: refusal, transient: false };
  }
  for (const object of [wanted.namespace, ...wanted.objects]) {
    const failure = observed.failures.get(keyText(keyOf(object)));
    if (failure !== undefined) {
      return problemOf(failure);
    }
  }
  const namespace = namespaceOf(wanted, observed);
  if (!namespace && wanted.createdOnce) {
    return {
      cause: 'NamespaceDeleted',
      message: `The personal namespace ${name} was deleted on ${cluster.name}. Berth creates it again only when its owner asks for it`,
      transient: false,
    };
  }
  if (namespace && isTerminating(namespace)) {
    return {
      cause: 'NamespaceTerminating',
      message: `The namespace ${name} is being deleted on ${
        cluster.name
      }. Berth creates it again ${
        wanted.createdOnce
          ? 'only when its owner asks for it'
          : 'once it is gone'
      }. If that takes long, find out what delays it: kubectl get namespace ${name} -o yaml`,
      transient: true,
    };
  }
  if (namespace && !isOurs(namespace, cluster.id, uids)) {
    return foreignNamespaceProblem(namespace, {
      cluster,
      wanted,
      formers,
    });
  }
  return undefined;
}

/** Something other than Berth writes a field of the profile. */
function overwrittenProblem(
  wanted: DesiredSubject,
  { cluster, observed }: Context,
): Problem | undefined {
  const namespace = namespaceOf(wanted, observed);
  const field = namespace && overwrittenField(wanted.namespace, namespace);
  if (!field) {
    return undefined;
  }
  const { name } = wanted.namespace.metadata;
  return {
    cause: 'ProfileOverwritten',
    message: `Something other than Berth changed the ${field.kind} ${field.key} of the namespace ${name} on ${cluster.name}, which Berth had set by the profile. Berth does not write it again, so that two writers do not change it for ever. Find the other writer (kubectl get namespace ${name} -o yaml --show-managed-fields), end its changes or take the ${field.kind} out of the profile, and then let Berth write it again: kubectl annotate namespace ${name} ${PROFILE_FIELDS}-`,
    transient: false,
  };
}

function namespaceActions(
  wanted: DesiredSubject,
  { observed, uids }: Context,
): Action[] {
  const namespace = namespaceOf(wanted, observed);
  if (!namespace?.metadata.uid) {
    return [{ type: 'create', object: wanted.namespace }];
  }
  const { uid } = namespace.metadata;
  const key = namespaceKey(namespace.metadata.name);
  const isListed =
    profileFieldsText(wanted.namespace) === profileFieldsText(namespace);
  const object = wanted.takenOver
    ? withAppliedFields(wanted.namespace, namespace)
    : // Berth's own fields are restored even if something else writes another field of the profile.
      withoutOverwritten(wanted.namespace, namespace);
  if (!isListed && !wanted.takenOver) {
    return [{ type: 'apply', object: withList(object), uid }];
  }
  if (metadataDiffers(object, namespace)) {
    return [{ type: 'apply', object, uid }];
  }
  return uids.get(keyText(key)) === uid ? [] : [{ type: 'record', key, uid }];
}

/**
 * Adds an empty list of the profile's keys to a namespace without a profile. Server-side apply removes only fields whose
 * manager Berth is, and a restored namespace has other managers, so the list would differ for ever.
 */
function withList(namespace: NamespaceObject): NamespaceObject {
  const { metadata } = namespace;
  return profileFieldsText(namespace)
    ? namespace
    : {
        ...namespace,
        metadata: {
          ...metadata,
          annotations: { ...metadata.annotations, [PROFILE_FIELDS]: '' },
        },
      };
}

function objectActions(
  object: KubeObject,
  { observed, uids }: Context,
): Action[] {
  const key = keyOf(object);
  const actual = observed.objects.get(keyText(key));
  const uid = actual?.metadata.uid;
  if (!actual || !uid) {
    return [{ type: 'apply', object }];
  }
  switch (differs(object, actual)) {
    case 'recreate':
      return [{ type: 'recreate', object, uid }];
    case 'inPlace':
      return [{ type: 'apply', object, uid }];
    default:
      return uids.get(keyText(key)) === uid
        ? []
        : [{ type: 'record', key, uid }];
  }
}

function isOnNamespace(action: Action): boolean {
  const { kind } = action.type === 'record' ? action.key : action.object;
  return kind === 'Namespace';
}

function namespaceOf(
  wanted: DesiredSubject,
  observed: Observed,
): NamespaceObject | undefined {
  return observed.objects.get(keyText(keyOf(wanted.namespace)));
}

/** Returns whether a plan may change a namespace: the inventory knows its UID, or it has our labels. */
export function isOurs(
  namespace: NamespaceObject,
  clusterId: string,
  uids: Context['uids'],
): boolean {
  const { name, uid, labels } = namespace.metadata;
  const recorded = uids.get(keyText(namespaceKey(name)));
  return (
    (uid !== undefined && uid === recorded) ||
    includesAll(labels, ownLabels(clusterId))
  );
}

/**
 * Returns why a name is refused. The request checks this, too; this check stands between a mistake and
 * kube-system.
 */
export function nameRefusal({
  kubernetesName,
  namespace,
}: DesiredSubject): string | undefined {
  try {
    if (kubernetesName !== undefined) {
      assertKubernetesGroupName(kubernetesName);
    }
    assertNamespaceName(namespace.metadata.name);
    return undefined;
  } catch (error) {
    return toError(error).message;
  }
}
