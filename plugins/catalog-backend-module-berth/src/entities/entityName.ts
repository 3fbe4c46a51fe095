import { createHash } from 'node:crypto';

/** The limit of the catalog. */
const MAX_LENGTH = 63;
const DIGEST_LENGTH = 10;

/**
 * Returns the entity name of a namespace: `<cluster>.<namespace>`. Names of clusters and namespaces contain no
 * dot, so entity names are unique. A name of more than 63 characters is cut, and ends in a dot and ten
 * characters of the SHA-256 of the whole name.
 */
export function namespaceEntityName(cluster: string, name: string): string {
  return fitting(`${cluster}.${name}`);
}

/** Returns the entity name of a cluster: its name, cut by the same rule. */
export function clusterEntityName(name: string): string {
  return fitting(name);
}

function fitting(name: string): string {
  if (name.length <= MAX_LENGTH) {
    return name;
  }
  const digest = createHash('sha256')
    .update(name)
    .digest('hex')
    .slice(0, DIGEST_LENGTH);
  const kept = name
    .slice(0, MAX_LENGTH - DIGEST_LENGTH - 1)
    .replace(/[-_.]+$/, '');
  return `${kept}.${digest}`;
}
