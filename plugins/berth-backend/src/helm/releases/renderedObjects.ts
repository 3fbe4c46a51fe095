import { hash } from 'node:crypto';
import {
  groupVersionOf,
  JsonRecord,
  recordAt,
} from '../../resources/objects/json';
import { isRecord } from '../../resources/values';
import { ManifestObject } from './manifest';

/** Hooks of these events run in no operation but tests, which have their own preview. */
const TEST_EVENTS: ReadonlySet<string> = new Set(['test', 'test-success']);

/** The groups whose objects give rights, or concern the whole cluster. */
const POWERFUL_GROUPS: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'rbac.authorization.k8s.io',
]);
const POWERFUL_KINDS: ReadonlySet<string> = new Set([
  'Namespace',
  'ServiceAccount',
]);
/** Their contents often differ at each rendering. */
const DATA_KINDS: ReadonlySet<string> = new Set(['ConfigMap', 'Secret']);

/**
 * Returns a digest of the objects that Helm stores with a revision. It covers which objects these are, when hooks run,
 * and the contents of those that give rights or that are in another namespace. Other contents are left out, because a
 * chart may make other passwords, certificates or times at each rendering.
 */
export function renderedDigest(
  objects: readonly ManifestObject[],
  namespace: string,
): string {
  const lines = objects
    .filter(({ events }) => !events?.every(event => TEST_EVENTS.has(event)))
    .map(({ apiVersion, kind, name, events, digest, ...one }) =>
      JSON.stringify([
        ...[groupVersionOf(apiVersion).group, kind, one.namespace, name],
        events && [...events].sort(),
        // Of a document that cannot be read.
        digest,
        isCovered({ apiVersion, kind, ...one }, namespace)
          ? contentOf(kind, one.object)
          : undefined,
      ]),
    );
  return hash('sha256', JSON.stringify(lines.sort()), 'base64url');
}

function isCovered(
  {
    apiVersion,
    kind,
    namespace,
  }: Pick<ManifestObject, 'apiVersion' | 'kind' | 'namespace'>,
  home: string,
): boolean {
  const { group } = groupVersionOf(apiVersion);
  return (
    POWERFUL_GROUPS.has(group) ||
    (group === '' && POWERFUL_KINDS.has(kind)) ||
    (namespace !== undefined &&
      namespace !== home &&
      !(group === '' && DATA_KINDS.has(kind)))
  );
}

/** The annotations of a ServiceAccount can give it rights in a cloud. */
function contentOf(kind: string, object: JsonRecord): unknown {
  return kind === 'ServiceAccount'
    ? [sorted(object), sorted(recordAt(object, 'metadata', 'annotations'))]
    : sorted(object);
}

/** Leaves out annotations, which often hold checksums, and certificates, which charts often make at each rendering. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return isRecord(value)
    ? Object.entries(value)
        .filter(([key]) => key !== 'annotations' && key !== 'caBundle')
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => [key, sorted(item)])
    : value;
}
