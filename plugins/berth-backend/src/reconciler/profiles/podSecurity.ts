import type { NamespaceObject } from '../types';
import { ENFORCE, ENFORCE_VERSION, levelLabels } from './enforcedLevel';
import {
  profileKeys,
  withoutProfileFields,
  withProfileFields,
  writtenLevel,
} from './profileFields';
import { NamespaceFields } from './types';

/** The levels of the Pod Security Standards, from the loosest to the strictest. */
export const LEVELS = ['privileged', 'baseline', 'restricted'] as const;

export type Level = (typeof LEVELS)[number];

/** Pod Security of namespaces. */
export interface PodSecurity {
  enforce?: Level;
  warn?: Level;
  audit?: Level;
  /** Of the Pod Security Standards: `latest`, or a Kubernetes version such as `v1.36`. */
  version: string;
}

const PREFIX = 'pod-security.kubernetes.io/';

/** With the value `false`, OpenShift does not compute the labels of a namespace from its service accounts. */
const SYNC = 'security.openshift.io/scc.podSecurityLabelSync';

/** Returns whether a label belongs to Pod Security. */
export function isPodSecurityLabel(key: string): boolean {
  return key.startsWith(PREFIX) || key === SYNC;
}

/** Returns the labels for a namespace. */
export function podSecurityLabels({
  version,
  ...modes
}: PodSecurity): Record<string, string> {
  const labels: Record<string, string> = { [SYNC]: 'false' };
  for (const mode of ['enforce', 'audit', 'warn'] as const) {
    const level = modes[mode];
    if (level !== undefined) {
      labels[`${PREFIX}${mode}`] = level;
      labels[`${PREFIX}${mode}-version`] = version;
    }
  }
  return labels;
}

/** Returns the enforced level and version of a namespace, such as `restricted:latest`. */
export function enforcedLevel({ metadata }: NamespaceObject): string {
  const level = metadata.labels?.[ENFORCE];
  const version = metadata.labels?.[ENFORCE_VERSION] ?? 'latest';
  return `${level ?? 'privileged'}:${version}`;
}

/**
 * Returns whether a namespace would be enforced at a higher level than now, or at another version of a level: the rules
 * of a level differ by version.
 */
export function isRaise(
  wanted: NamespaceObject,
  actual: NamespaceObject,
): boolean {
  const [next, before] = [wanted, actual].map(rankOf);
  return (
    next > before ||
    (next === before &&
      next > 0 &&
      enforcedLevel(wanted) !== enforcedLevel(actual))
  );
}

/**
 * Returns a namespace with the level that it has, or without one if it has none. All other fields of the profile stay.
 * The level is applied even if the list of the fields does not hold it: the list may be gone, and an apply without the
 * level would remove it. If Berth wrote another level before, that one is still the wanted one, so that the change of
 * something else is reported and does not become Berth's own.
 */
export function withLevelOf(
  wanted: NamespaceObject,
  actual: NamespaceObject,
): NamespaceObject {
  const { labels, annotations } = profileKeys(wanted.metadata.annotations);
  const fields: Required<NamespaceFields> = {
    labels: pick(wanted.metadata.labels, labels),
    annotations: pick(wanted.metadata.annotations, annotations),
  };
  const written = writtenLevel(actual);
  const level =
    written === undefined ? actual.metadata.labels : levelLabels(written);
  for (const key of [ENFORCE, ENFORCE_VERSION]) {
    const value = level?.[key];
    if (value === undefined) {
      delete fields.labels[key];
    } else {
      fields.labels[key] = value;
    }
  }
  return withProfileFields(withoutProfileFields(wanted), fields);
}

function rankOf({ metadata }: NamespaceObject): number {
  const level = metadata.labels?.[ENFORCE];
  return Math.max(0, LEVELS.indexOf(level as Level));
}

function pick(
  all: Record<string, string> | undefined,
  keys: string[],
): Record<string, string> {
  return Object.fromEntries(keys.map(key => [key, all?.[key] ?? '']));
}
