import { isDeepStrictEqual } from 'node:util';
import {
  ClusterChange,
  ClusterRecord,
  ClusterSettings,
} from '../../model/clusters';

/** The values that mean that an optional setting is missing. */
const MISSING = {
  title: '',
  namespacePrefix: '',
  defaultStorageClass: '',
  ingress: {},
  nodePlacement: {},
  labels: {},
  links: [],
} satisfies ClusterChange;

/**
 * Computes the change from a cluster to the `wanted` settings. Settings that are missing in `wanted` are removed.
 *
 * @returns an object without fields if nothing changes
 */
export function changeOf(
  cluster: ClusterRecord,
  wanted: ClusterSettings,
): ClusterChange {
  const { name: _, owner: __, ...settings } = wanted;
  const before: Record<string, unknown> = { ...MISSING, ...defined(cluster) };
  const after = { ...MISSING, ...defined(settings) };
  return Object.fromEntries(
    Object.entries(after).filter(
      ([field, value]) => !isDeepStrictEqual(value, before[field]),
    ),
  );
}

function defined(object: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  );
}
