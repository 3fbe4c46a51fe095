import { hash } from 'node:crypto';
import { KubeObject } from '../../kube';
import { canonicalSpec } from '../canonical';
import { MANAGED_BY } from '../../model/managedBy';
import { isTerminating, subjectsText } from '../drift';
import { PROFILE_FIELDS, profileKeys } from '../profiles/profileFields';
import { RoleBindingObject, WatchedKind } from '../types';

const BYTES = 16;
const OWN_PREFIX = 'berth.dev/';

/** The fields of an object that we own, by kind, next to its labels and annotations. */
const OWNED: Record<
  WatchedKind | 'ClusterRole' | 'ClusterRoleBinding',
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
  const keys = keysOf(object);
  const owned = OWNED[object.kind as keyof typeof OWNED](object);
  return hash(
    'sha256',
    JSON.stringify([
      ownEntries(labels, keys.labels),
      ownEntries(annotations, keys.annotations),
      owned,
    ]),
    'buffer',
  ).toString('base64url', 0, BYTES);
}

/** Returns whether the fingerprint covers all desired labels and annotations of an object. */
export function isCovered(object: KubeObject): boolean {
  const { metadata } = object;
  const keys = keysOf(object);
  return (['labels', 'annotations'] as const).every(field =>
    Object.keys(metadata[field] ?? {}).every(
      key => isOwn(key) || keys[field].includes(key),
    ),
  );
}

/** Returns the keys of the fields that a namespace has by its profile. */
function keysOf({ kind, metadata }: KubeObject) {
  return profileKeys(kind === 'Namespace' ? metadata.annotations : undefined);
}

function isOwn(key: string): boolean {
  return key === MANAGED_BY.label || key.startsWith(OWN_PREFIX);
}

function ownEntries(all: Record<string, string> | undefined, more: string[]) {
  return Object.entries(all ?? {})
    .filter(([key]) => isOwn(key) || more.includes(key))
    .filter(([key, value]) => key !== PROFILE_FIELDS || value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
