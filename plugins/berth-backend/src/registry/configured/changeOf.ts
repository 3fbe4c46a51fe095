import { isDeepStrictEqual } from 'node:util';
import { ClusterChange, ClusterRecord, ClusterSettings } from '../types';

/** What a setting that may be missing is when it is. */
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
 * What has to change so that a cluster is as `wanted` says, all of it: what is not said there goes.
 *
 * @returns an object without fields if nothing has to
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
