import { hash } from 'node:crypto';
import { KubeObject } from '../../kube';
import { canonicalSpec } from '../canonical';
import { MANAGED_BY } from '../../model/managedBy';
import { isTerminating, subjectsText } from '../drift';
import { ObjectKind, RoleBindingObject } from '../types';

const BYTES = 16;
const OWN_PREFIX = 'berth.dev/';

/** The fields of an object that we own, by kind, next to its labels and annotations. */
const OWNED: Record<
  ObjectKind | 'ClusterRole' | 'ClusterRoleBinding',
  (object: KubeObject) => unknown
> = {
  Namespace: isTerminating,
  RoleBinding: bound,
  ClusterRoleBinding: bound,
  ClusterRole: object => (object as { rules?: unknown }).rules,
  ResourceQuota: canonicalSpec,
  LimitRange: canonicalSpec,
  NetworkPolicy: canonicalSpec,
};

function bound(object: KubeObject) {
  const binding = object as RoleBindingObject;
  const { apiGroup, kind, name } = binding.roleRef ?? {};
  return [apiGroup, kind, name, subjectsText(binding)];
}

/**
 * Computes a short text that is the same for two objects if every field that we own is the same. It covers
 * nothing else (labels of others, status, fields that the API server adds). With 128 bits of SHA-256, nobody
 * finds another object with a given text.
 */
export function fingerprint(object: KubeObject): string {
  const { labels, annotations } = object.metadata;
  const owned = OWNED[object.kind as keyof typeof OWNED](object);
  return hash(
    'sha256',
    JSON.stringify([ownEntries(labels), ownEntries(annotations), owned]),
    'buffer',
  ).toString('base64url', 0, BYTES);
}

/** Returns whether the fingerprint covers all desired labels and annotations of an object. */
export function isCovered({ metadata }: KubeObject): boolean {
  return [metadata.labels, metadata.annotations].every(all =>
    Object.keys(all ?? {}).every(isOwn),
  );
}

function isOwn(key: string): boolean {
  return key === MANAGED_BY.label || key.startsWith(OWN_PREFIX);
}

function ownEntries(all: Record<string, string> | undefined) {
  return Object.entries(all ?? {})
    .filter(([key]) => isOwn(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
