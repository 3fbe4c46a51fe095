import { EditObjectResult } from '@berth/plugin-berth-common';
import { Document, isCollection, isMap, parse, parseDocument } from 'yaml';
import { KUBERNETES_YAML } from '../../../kit/code/kubernetesYaml';
import { isObject } from '../reading';

export type Conflict = EditObjectResult['conflicts'][number];

/** Returns whether a conflict is about a value of a Secret, which the backend does not send. */
export function isHidden({ base, theirs, yours }: Conflict): boolean {
  return base === undefined && theirs === undefined && yours === undefined;
}

/**
 * Returns a YAML text with the values of others for the fields of conflicts. Comments and order stay. The values of a
 * Secret are not known: such a field gets back what the person started from, which leaves the value on the cluster.
 *
 * @param text - what the person typed
 * @param base - the YAML that the person started from
 * @param latest - the YAML with the values of others; the conflicts hold only shortened texts
 */
export function takeTheirs(
  text: string,
  conflicts: Conflict[],
  { base, latest }: { base: string; latest: string },
): string {
  const document = parseDocument(text, KUBERNETES_YAML);
  const [before, now] = [base, latest].map(read);
  for (const conflict of conflicts) {
    const keys = keysOf(conflict.path);
    if (isHidden(conflict)) {
      put(document, keys, before);
      if (keys[0] === 'data' && keys.length === 2) {
        removeText(document, keys[1]);
      }
    } else {
      put(document, keys, now);
    }
  }
  return document.toString({ lineWidth: 0 });
}

/**
 * Returns what a person started from, as if the person had known the values of others for the fields of conflicts. A
 * later change of these fields by others is a conflict again.
 */
export function knowTheirs(
  base: string,
  conflicts: Conflict[],
  latest: string,
): string {
  const document = parseDocument(base, KUBERNETES_YAML);
  const now = read(latest);
  const version = ['metadata', 'resourceVersion'];
  for (const keys of [version, ...conflicts.map(({ path }) => keysOf(path))]) {
    put(document, keys, now);
  }
  return document.toString({ lineWidth: 0 });
}

/** Reads a path such as `metadata.annotations["a.b/c"]`. */
export function keysOf(path: string): string[] {
  const parts = path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g);
  return [...parts].map(([, quoted, plain]) =>
    quoted === undefined ? plain : JSON.parse(quoted),
  );
}

function read(text: string): unknown {
  return parse(text, KUBERNETES_YAML);
}

/** Gives a field of a document the value that the field has in an object. */
function put(document: Document, keys: string[], source: unknown) {
  const value = keys.reduce<unknown>(
    (inner, key) =>
      isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined,
    source,
  );
  if (value === undefined) {
    if (document.hasIn(keys)) {
      document.deleteIn(keys);
    }
    return;
  }
  const parent = keys.slice(0, -1);
  if (document.hasIn(parent) && !isCollection(document.getIn(parent, true))) {
    // Such as `data:` without a value.
    document.deleteIn(parent);
  }
  document.setIn(keys, document.createNode(value));
}

/** Removes a key of `stringData`, which the cluster would write to `data`. */
function removeText(document: Document, key: string) {
  const keys = ['stringData', key];
  if (document.hasIn(keys)) {
    document.deleteIn(keys);
    const rest = document.get('stringData', true);
    if (isMap(rest) && rest.items.length === 0) {
      document.delete('stringData');
    }
  }
}
