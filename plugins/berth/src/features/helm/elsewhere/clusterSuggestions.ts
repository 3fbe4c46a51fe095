import { Cluster } from '@berth/plugin-berth-common';
import { isMap, isScalar, parseDocument, visit } from 'yaml';
import { KUBERNETES_YAML } from '../../../kit/code/kubernetesYaml';

/** The keys of objects, which may also be numbers and flags such as `on`, and the places in lists. */
type Path = (string | number | boolean | null)[];

/** A value that the settings of a cluster would replace, or that a person should look at. */
export interface Suggestion {
  path: Path;
  kind: 'storageClass' | 'ingressClass' | 'host';
  /** What the text has. */
  now: string;
  /** What the settings of the cluster have. Absent for a host, which only a person knows. */
  value?: string;
}

const STORAGE_CLASS = /^storageClass(Name)?$/;
const INGRESS_CLASS = /^ingressClass(Name)?$/;
const HOST = /^(host|hostname|domain|fqdn)s?$/i;
const MAX_SUGGESTIONS = 10;

/**
 * Compares values with the settings of the cluster to which they go. A value of "-" or nothing is a decision of the
 * chart, so it stays.
 */
export function suggestionsFor(
  text: string,
  {
    defaultStorageClass,
    ingress,
  }: Pick<Cluster, 'defaultStorageClass' | 'ingress'>,
): Suggestion[] {
  const found: Suggestion[] = [];
  const add = (
    path: Path,
    kind: Suggestion['kind'],
    now: unknown,
    value?: string,
  ) => {
    if (
      typeof now === 'string' &&
      !['', '-', value].includes(now) &&
      (kind === 'host' || value) &&
      found.length < MAX_SUGGESTIONS
    ) {
      found.push({ path, kind, now, ...(value && { value }) });
    }
  };
  const document = parseDocument(text, KUBERNETES_YAML);
  if (document.errors.length > 0) {
    return [];
  }
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key') {
        return;
      }
      const path = pathOf(ancestors, key);
      const name = path.filter(part => typeof part === 'string').at(-1) ?? '';
      const parent = path.at(-2);
      if (STORAGE_CLASS.test(name)) {
        add(path, 'storageClass', node.value, defaultStorageClass);
      } else if (
        INGRESS_CLASS.test(name) ||
        (name === 'className' && parent === 'ingress')
      ) {
        add(path, 'ingressClass', node.value, ingress?.className);
      } else if (HOST.test(name)) {
        add(path, 'host', node.value);
      }
    },
  });
  return found;
}

/** Returns the text with a suggested value; comments and the other values stay. */
export function withSuggestion(
  text: string,
  { path, value }: Suggestion,
): string {
  const document = parseDocument(text, KUBERNETES_YAML);
  document.setIn(path, value);
  return document.toString({ lineWidth: 0 });
}

function pathOf(ancestors: readonly unknown[], key: unknown): Path {
  const path: Path = [];
  ancestors.forEach((node, index) => {
    if (isMap(node)) {
      const pair = ancestors[index + 1] as { key?: unknown } | undefined;
      path.push(isScalar(pair?.key) ? (pair.key.value as Path[0]) : null);
    } else if (
      typeof node === 'object' &&
      node !== null &&
      'items' in node &&
      Array.isArray(node.items)
    ) {
      const child = ancestors[index + 1];
      const place = child ? node.items.indexOf(child) : Number(key);
      path.push(place);
    }
  });
  return path;
}
