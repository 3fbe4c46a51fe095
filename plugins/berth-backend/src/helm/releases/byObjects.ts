import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { HelmRelease, helmReleaseName } from '@berth/plugin-berth-common';
import { isKubeError } from '../../kube';
import { ClusterKind } from '../../resources/kinds/discovery';
import { JsonRecord, recordAt, textAt } from '../../resources/objects/json';
import { apiVersionOf } from '../../resources/objects/ObjectCalls';
import { ListedKind, ReleaseCalls } from './ReleaseCalls';

/** Kinds of which most charts have an object. All may be listed with the role `view`. */
export const SEEN_KINDS: readonly (readonly [group: string, plural: string])[] =
  [
    ['apps', 'deployments'],
    ['apps', 'statefulsets'],
    ['apps', 'daemonsets'],
    ['', 'services'],
    ['', 'persistentvolumeclaims'],
    ['batch', 'jobs'],
    ['batch', 'cronjobs'],
    ['networking.k8s.io', 'ingresses'],
  ];

const SELECTOR = 'app.kubernetes.io/managed-by=Helm';
const MAX_NAME = 53;
const CHART = /^(.{1,200}?)-(v?\d+\.\d+\.\d+.*)$/;

/** An object that belongs to a release by its annotations. */
export interface SeenObject {
  kind: ClusterKind;
  object: JsonRecord;
  release: string;
  namespace: string;
}

export interface ObjectLists {
  calls: ReleaseCalls;
  findKind(group: string, plural: string): Promise<ClusterKind>;
}

/**
 * Lists the objects that Helm made, for people who may not read what Helm stores.
 *
 * @param namespace - all namespaces by default
 * @throws the first refusal, if all kinds are refused
 */
export async function listSeenObjects(
  { calls, findKind }: ObjectLists,
  namespace?: string,
): Promise<SeenObject[]> {
  const refusals: unknown[] = [];
  const lists = await Promise.all(
    SEEN_KINDS.map(async ([group, plural]) => {
      try {
        const kind = await findKind(group, plural);
        const items = await calls.listMetadata(
          listedKind(kind),
          SELECTOR,
          namespace,
        );
        return items.flatMap(object => seenObject(kind, object) ?? []);
      } catch (error) {
        if (error instanceof NotFoundError) {
          return [];
        }
        if (isForbidden(error)) {
          refusals.push(error);
          return [];
        }
        throw error;
      }
    }),
  );
  if (refusals.length === SEEN_KINDS.length) {
    throw refusals[0];
  }
  return lists.flat();
}

/** Returns the releases to which objects belong. */
export function releasesOf(
  cluster: string,
  objects: SeenObject[],
): HelmRelease[] {
  const releases = new Map<string, HelmRelease>();
  for (const { object, release: name, namespace } of objects) {
    const key = `${namespace}/${name}`;
    const labels = recordAt(object, 'metadata', 'labels');
    const known = releases.get(key);
    const chart = known?.chart ?? chartOf(labels);
    releases.set(key, {
      ...{ cluster, namespace, name, source: 'objects', status: 'unknown' },
      ...(chart && { chart }),
      ...((known?.managedBy ||
        textAt(labels, 'helm.toolkit.fluxcd.io/name') !== undefined) && {
        managedBy: 'Flux',
      }),
      labels: {},
    });
  }
  return [...releases.values()];
}

export function isForbidden(error: unknown): boolean {
  return isKubeError(error, 'Forbidden') || error instanceof NotAllowedError;
}

function listedKind(kind: ClusterKind): ListedKind {
  return {
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    plural: kind.plural,
  };
}

function seenObject(
  kind: ClusterKind,
  object: JsonRecord,
): SeenObject | undefined {
  const annotations = recordAt(object, 'metadata', 'annotations');
  const release = textAt(annotations, 'meta.helm.sh/release-name') ?? '';
  const namespace = textAt(annotations, 'meta.helm.sh/release-namespace');
  return release.length <= MAX_NAME &&
    helmReleaseName.safeParse(release).success &&
    namespace !== undefined
    ? { kind, object, release, namespace }
    : undefined;
}

/** The label has the name and the version of the chart, with `_` for `+`. */
function chartOf(labels: JsonRecord): HelmRelease['chart'] {
  const [, name, version] =
    CHART.exec(textAt(labels, 'helm.sh/chart') ?? '') ?? [];
  const appVersion = textAt(labels, 'app.kubernetes.io/version');
  return name === undefined
    ? undefined
    : {
        name,
        version: version.replaceAll('_', '+'),
        ...(appVersion !== undefined && { appVersion }),
      };
}
