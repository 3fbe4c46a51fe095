import { hash } from 'node:crypto';
import {
  groupVersionOf,
  JsonRecord,
  recordAt,
  textAt,
} from '../../resources/objects/json';
import { isRecord } from '../../resources/values';
import { ChangingNames, changingNamesFor } from './changingNames';
import { hasCoveredContent, isOfTests } from './coveredContent';
import { ManifestObject } from './manifest';

/** The kinds whose annotations can give rights, in a cloud or to the pods of a namespace. */
const WITH_ANNOTATIONS: ReadonlySet<string> = new Set([
  'Namespace',
  'ServiceAccount',
]);
/** Kubernetes writes a token of this service account into the Secret. */
const TOKEN_OF = 'kubernetes.io/service-account.name';

/**
 * Returns a digest of the objects that Helm stores with a revision. It covers which objects these are, when hooks run,
 * and the contents of those that may give rights or that are in another namespace. Other contents are left out, because a
 * chart may make other passwords, certificates or times at each rendering.
 *
 * @param changing - the names that count by their beginnings
 */
export function renderedDigest(
  objects: readonly ManifestObject[],
  namespace: string,
  changing: readonly ChangingNames[] = [],
): string {
  const lines = objects
    .filter(object => !isOfTests(object))
    .map(object => {
      const { apiVersion, kind, events } = object;
      const stem = changingNamesFor(object, changing, namespace)?.stem;
      return JSON.stringify([
        ...[groupVersionOf(apiVersion).group, kind, object.namespace],
        stem === undefined ? object.name : { stem },
        events && [...events].sort(),
        // Of a document that cannot be read.
        object.digest,
        hasCoveredContent(object, namespace)
          ? contentOf(kind, object.object)
          : undefined,
        useOf(object),
      ]);
    });
  return hash('sha256', JSON.stringify(lines.sort()), 'base64url');
}

function contentOf(kind: string, object: JsonRecord): unknown {
  return WITH_ANNOTATIONS.has(kind)
    ? [sorted(object), sorted(recordAt(object, 'metadata', 'annotations'))]
    : sorted(object);
}

/** Returns what Kubernetes does with a Secret by its type. */
function useOf({ kind, object }: ManifestObject): unknown {
  return kind === 'Secret'
    ? [
        textAt(object, 'type'),
        textAt(object, 'metadata', 'annotations', TOKEN_OF),
      ]
    : undefined;
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
