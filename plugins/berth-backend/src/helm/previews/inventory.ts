import {
  JsonRecord,
  recordAt,
  recordsAt,
  textAt,
} from '../../resources/objects/json';
import { isKept, nameOf, PlacedObject } from '../preflight/neededRights';

/** An object, and why it goes or stays. */
export interface InventoryItem {
  kind: string;
  namespace?: string;
  name: string;
  reason?: string;
}

export interface Inventory {
  goes: InventoryItem[];
  remains: InventoryItem[];
}

/** What is known about a release that a person wants to uninstall. */
export interface Installed {
  /** Without those of hooks. */
  objects: PlacedObject[];
  /** The objects of hooks that exist, or that the uninstallation makes. */
  hooks: PlacedObject[];
  /** The custom resource definitions in the folder `crds` of the chart. */
  crds: string[];
  /** The names of the claims in the namespaces of the StatefulSets, by namespace. */
  claims: Map<string, string[]>;
  keepHistory: boolean;
  namespace: string;
  release: string;
  /** The number of stored revisions. */
  revisions: number;
}

const BY_HOOK =
  'A hook made it, and Helm does not delete the objects of hooks with the release';

/** Lists what `helm uninstall` deletes, and what stays and why. */
export function inventoryOf(installed: Installed): Inventory {
  const { objects, namespace, release, keepHistory, revisions } = installed;
  const going = objects.filter(({ wanted }) => !isKept(wanted));
  const goes = going.map(({ placed, wanted }) => ({
    ...nameOf({ placed }),
    ...reasonToGo(placed.kind, wanted.object),
  }));
  const kept = objects
    .filter(({ wanted }) => isKept(wanted))
    .map(one => ({
      ...nameOf(one),
      reason: 'The chart keeps it: helm.sh/resource-policy is keep',
    }));
  const others = [
    ...claimsOf(installed, going),
    ...hookObjects(installed),
    ...installed.crds.map(name => ({
      kind: 'CustomResourceDefinition',
      name,
      reason: 'Helm does not delete the folder crds of a chart',
    })),
    ...(keepHistory
      ? [
          {
            ...{ kind: 'Secret', namespace },
            name: `sh.helm.release.v1.${release}.v*`,
            reason: `The history of the release is kept: ${revisions} ${
              revisions === 1 ? 'revision' : 'revisions'
            }`,
          },
        ]
      : []),
    ...(goes.some(
      ({ kind, name }) => kind === 'Namespace' && name === namespace,
    )
      ? []
      : [
          {
            ...{ kind: 'Namespace', name: namespace },
            reason: 'Helm does not delete the namespace of a release',
          },
        ]),
  ];
  const listed = new Set([...goes, ...kept].map(keyOf));
  const remains = others.filter(item => {
    const isNew = !listed.has(keyOf(item));
    listed.add(keyOf(item));
    return isNew;
  });
  return { goes, remains: [...kept, ...remains] };
}

function reasonToGo(kind: string, object: JsonRecord): { reason?: string } {
  if (kind === 'Namespace') {
    return { reason: 'With everything in the namespace' };
  }
  if (kind === 'CustomResourceDefinition') {
    const plural = textAt(object, 'spec', 'names', 'kind');
    return {
      reason: `With all objects of its kind${
        plural === undefined ? '' : ` ${plural}`
      } on the cluster`,
    };
  }
  return kind === 'PersistentVolumeClaim'
    ? { reason: 'With its data, unless its volume is retained' }
    : {};
}

/** The claims that Kubernetes made from the templates of StatefulSets. */
function claimsOf(
  { claims }: Installed,
  going: PlacedObject[],
): InventoryItem[] {
  return going
    .filter(({ placed }) => placed.kind === 'StatefulSet')
    .flatMap(
      ({ placed: { name: set, namespace = '' }, wanted: { object } }) => {
        const retention = recordAt(
          object,
          'spec',
          'persistentVolumeClaimRetentionPolicy',
        );
        const templates = recordsAt(object, 'spec', 'volumeClaimTemplates');
        return retention.whenDeleted === 'Delete'
          ? []
          : templates.flatMap(template => {
              const start = `${textAt(template, 'metadata', 'name')}-${set}-`;
              return (claims.get(namespace) ?? [])
                .filter(
                  name =>
                    name.startsWith(start) &&
                    /^\d+$/.test(name.slice(start.length)),
                )
                .map(name => ({
                  ...{ kind: 'PersistentVolumeClaim', namespace, name },
                  reason: `It holds the data of the StatefulSet ${set}, and Kubernetes keeps it`,
                }));
            });
      },
    );
}

function hookObjects({ hooks }: Installed): InventoryItem[] {
  return hooks
    .filter(({ wanted }) => !isDeletedAfterwards(wanted.object))
    .map(one => ({ ...nameOf(one), reason: BY_HOOK }));
}

function isDeletedAfterwards(object: JsonRecord): boolean {
  const policies = textAt(
    object,
    'metadata',
    'annotations',
    'helm.sh/hook-delete-policy',
  );
  return (
    policies?.split(',').some(policy => policy.trim() === 'hook-succeeded') ??
    false
  );
}

function keyOf({ kind, namespace, name }: InventoryItem): string {
  return JSON.stringify([kind, namespace, name]);
}
