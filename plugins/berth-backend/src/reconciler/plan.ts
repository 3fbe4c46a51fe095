import { assertKubernetesGroupName } from '@berth/plugin-berth-common';
import { toError } from '@backstage/errors';
import { ownLabels } from './desired';
import {
  includesAll,
  isTerminating,
  metadataDiffers,
  roleDiffers,
  subjectsDiffer,
} from './drift';
import { keyOf, keyText, namespaceKey } from './keys';
import { KINDS } from './kinds';
import { problemOf } from './problems';
import {
  Action,
  DesiredShare,
  InventoryEntry,
  NamespaceObject,
  ObjectKey,
  Observed,
  Plan,
  Problem,
  Revocation,
  RoleBindingObject,
  SubjectPlan,
} from './types';

export interface PlanInput {
  cluster: { id: string; name: string };
  desired: DesiredShare[];
  observed: Observed;
  inventory: InventoryEntry[];
}

interface Context extends PlanInput {
  /** UIDs of the inventory, by `keyText`. */
  uids: ReadonlyMap<string, string | undefined>;
}

/**
 * Says what leads from what is to what should be. For a cluster that is as it should be, the plan is
 * empty.
 *
 * No plan deletes a namespace. A namespace is ours if the inventory knows its UID or if it carries our
 * labels, and only then is anything done in it. In a namespace of ours the name `berth:<role>:<group>`
 * is ours too, whoever made the binding. A binding is revoked when the inventory has it and no share
 * wants it: by the UID of the inventory, whatever its labels say.
 */
export function plan(input: PlanInput): Plan {
  const uids = new Map(
    input.inventory.map(entry => [keyText(entry), entry.uid]),
  );
  const context = { ...input, uids };
  return {
    revocations: planRevocations(input),
    subjects: input.desired.map(share => planShare(share, context)),
  };
}

/** The objects that must be observed before a plan can be made. */
export function keysToObserve(
  wanted: DesiredShare[],
  inventory: InventoryEntry[],
): ObjectKey[] {
  return [
    ...wanted
      .filter(share => !nameRefusal(share.namespace.metadata.name))
      .flatMap(share => [
        namespaceKey(share.namespace.metadata.name),
        keyOf(share.binding),
      ]),
    ...unwanted(wanted, inventory).filter(entry => entry.uid === undefined),
  ];
}

/** What is to be gone: all that we made and nobody wants any more, but for namespaces. */
export function unwanted(
  wanted: DesiredShare[],
  inventory: InventoryEntry[],
): InventoryEntry[] {
  const kept = new Set(wanted.map(share => keyText(keyOf(share.binding))));
  return inventory.filter(
    entry => entry.kind !== 'Namespace' && !kept.has(keyText(entry)),
  );
}

/** Of what is to be gone, what is known by its UID: it can be deleted without a look at the cluster. */
export function revocable(
  wanted: DesiredShare[],
  inventory: InventoryEntry[],
): Revocation[] {
  return unwanted(wanted, inventory)
    .sort((a, b) => KINDS[b.kind].turn - KINDS[a.kind].turn)
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
    if (observed.failures.has(keyText(key))) {
      return [];
    }
    // We died between intent and result: what is there under the name is ours only if it says so.
    const found = observed.objects.get(keyText(key));
    return found?.metadata.uid &&
      includesAll(found.metadata.labels, ownLabels(cluster.id))
      ? [{ type: 'delete', key, uid: found.metadata.uid }]
      : [{ type: 'forget', key }];
  });
}

function planShare(share: DesiredShare, input: Context): SubjectPlan {
  const planned = {
    subject: { type: 'share' as const, group: share.group },
    namespace: share.namespace.metadata.name,
  };
  const problem = problemWith(share, input);
  return problem
    ? { ...planned, actions: [], problem }
    : { ...planned, actions: actionsFor(share, input) };
}

function problemWith(
  share: DesiredShare,
  { cluster, observed, uids }: Context,
): Problem | undefined {
  const { name } = share.namespace.metadata;
  const refusal = nameRefusal(name);
  if (refusal) {
    return { cause: 'NameRefused', message: refusal, passing: false };
  }
  for (const key of [namespaceKey(name), keyOf(share.binding)]) {
    if (observed.failures.has(keyText(key))) {
      return problemOf(observed.failures.get(keyText(key)));
    }
  }
  const namespace = namespaceOf(share, observed);
  if (namespace && isTerminating(namespace)) {
    return {
      cause: 'NamespaceTerminating',
      message: `The namespace ${name} is being deleted on ${cluster.name}; it is made anew as soon as it is gone. If that takes long, see what holds it: kubectl get namespace ${name} -o yaml`,
      passing: true,
    };
  }
  if (namespace && !isOurs(namespace, cluster.id, uids)) {
    const labels = Object.entries(ownLabels(cluster.id))
      .map(([key, value]) => `${key}=${value}`)
      .join(' ');
    return {
      cause: 'NamespaceExists',
      message: `A namespace ${name} that Berth did not make exists on ${cluster.name}, so it is left alone. To hand it over with all that is in it: kubectl label namespace ${name} ${labels}`,
      passing: false,
    };
  }
  return undefined;
}

function actionsFor(
  share: DesiredShare,
  { observed, uids }: Context,
): Action[] {
  const actions: Action[] = [];
  const namespace = namespaceOf(share, observed);
  if (!namespace?.metadata.uid) {
    return [
      { type: 'create', object: share.namespace },
      { type: 'apply', object: share.binding },
    ];
  }
  const { uid } = namespace.metadata;
  const ownKey = namespaceKey(namespace.metadata.name);
  if (metadataDiffers(share.namespace, namespace)) {
    actions.push({ type: 'apply', object: share.namespace, uid });
  } else if (uids.get(keyText(ownKey)) !== uid) {
    actions.push({ type: 'record', key: ownKey, uid });
  }
  return [...actions, ...bindingActions(share, observed, uids)];
}

function bindingActions(
  { binding: object }: DesiredShare,
  observed: Observed,
  uids: Context['uids'],
): Action[] {
  const key = keyOf(object);
  const actual = observed.objects.get(keyText(key)) as
    | RoleBindingObject
    | undefined;
  const uid = actual?.metadata.uid;
  if (!actual || !uid) {
    return [{ type: 'apply', object }];
  }
  if (roleDiffers(object, actual)) {
    return [{ type: 'recreate', object, uid }];
  }
  if (metadataDiffers(object, actual) || subjectsDiffer(object, actual)) {
    return [{ type: 'apply', object, uid }];
  }
  return uids.get(keyText(key)) === uid ? [] : [{ type: 'record', key, uid }];
}

function namespaceOf(
  share: DesiredShare,
  observed: Observed,
): NamespaceObject | undefined {
  const key = namespaceKey(share.namespace.metadata.name);
  return observed.objects.get(keyText(key));
}

function isOurs(
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

/** Checked when the share was made, too; but this is what stands between a slip and kube-system. */
function nameRefusal(name: string): string | undefined {
  try {
    assertKubernetesGroupName(name);
    return undefined;
  } catch (error) {
    return toError(error).message;
  }
}
