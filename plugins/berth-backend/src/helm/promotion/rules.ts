import { ClusterRecord } from '../../model/clusters';

/** Selects clusters: all that is given must match. */
export interface ClusterSelector {
  /** Names of clusters. */
  clusters?: string[];
  clusterLabels?: Record<string, string>;
}

/** A rule of `berth.helm.promotion`. */
export interface PromotionRule {
  from: ClusterSelector;
  to: ClusterSelector;
  /** Names of charts, with `*` for any characters; all by default. */
  charts?: string[];
  requires: {
    /** How long the release must be deployed. */
    deployedForMs?: number;
    /** Whether all objects of the release must be healthy. */
    healthy: boolean;
  };
}

type SelectedCluster = Pick<ClusterRecord, 'name' | 'labels'>;

/** Returns whether a selector has a cluster. */
export function isSelected(
  { clusters, clusterLabels = {} }: ClusterSelector,
  { name, labels = {} }: SelectedCluster,
): boolean {
  return (
    (!clusters || clusters.includes(name)) &&
    Object.entries(clusterLabels).every(
      ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
    )
  );
}

/** Returns the rules for a chart on a cluster. */
export function rulesFor(
  rules: readonly PromotionRule[],
  target: SelectedCluster,
  chart: string,
): PromotionRule[] {
  return rules.filter(
    ({ charts, to }) =>
      isSelected(to, target) &&
      (!charts || charts.some(pattern => matchesPattern(pattern, chart))),
  );
}

/** Returns whether releases of a cluster count for a rule: a cluster that the rule guards does not vouch for a chart. */
export function isSourceOf(
  { from, to }: PromotionRule,
  cluster: SelectedCluster,
): boolean {
  return isSelected(from, cluster) && !isSelected(to, cluster);
}

/** Describes the clusters of a selector in a sentence. */
export function selectorWords({
  clusters,
  clusterLabels = {},
}: ClusterSelector): string {
  const labels = Object.entries(clusterLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(' and ');
  const names = clusters?.join(' or ');
  if (names === undefined) {
    return `a cluster with ${labels}`;
  }
  return labels === '' ? names : `${names} with ${labels}`;
}

/** Compares part by part, because a regular expression of many `*` could take very long. */
function matchesPattern(pattern: string, name: string): boolean {
  const [first, ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) {
    return name === pattern;
  }
  if (
    !name.startsWith(first) ||
    !name.endsWith(last) ||
    name.length < first.length + last.length
  ) {
    return false;
  }
  let rest = name.slice(first.length, name.length - last.length);
  for (const part of others) {
    const at = rest.indexOf(part);
    if (at < 0) {
      return false;
    }
    rest = rest.slice(at + part.length);
  }
  return true;
}
