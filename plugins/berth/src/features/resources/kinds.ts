import { ResourceKind } from '@berth/plugin-berth-common';
import { KINDS, ResourceTab } from '../../kit/resourceTabs';

/** A kind of objects, as the API names it. */
export interface KindAddress {
  /** `core` for the core group. */
  group: string;
  plural: string;
}

/** A kind that has a place in a tab, such as `apps/deployments`. */
export type KnownKind = (typeof KINDS)[ResourceTab][number];

/** Kinds that not every cluster has: the page offers them only where a cluster has them. */
const OPTIONAL: ReadonlySet<string> = new Set([
  'gateway.networking.k8s.io/httproutes',
]);

/** Kinds whose objects are in no namespace. */
const OF_CLUSTER: ReadonlySet<KnownKind> = new Set<KnownKind>([
  'core/persistentvolumes',
  'storage.k8s.io/storageclasses',
  'core/nodes',
]);

const KNOWN: ReadonlySet<string> = new Set(Object.values(KINDS).flat());

/** Returns whether the objects of a kind are in namespaces. */
export function isNamespacedKind(kind: KnownKind): boolean {
  return !OF_CLUSTER.has(kind);
}

type PluralOf<Kind> = Kind extends `${string}/${infer Plural}` ? Plural : never;

/** Returns the plural of a kind, which is the key of its title. */
export function pluralOf<Kind extends KnownKind>(kind: Kind): PluralOf<Kind> {
  return kind.slice(kind.indexOf('/') + 1) as PluralOf<Kind>;
}

/** Writes a kind, such as `apps/deployments`. */
export function kindText({ group, plural }: KindAddress): string {
  return `${group}/${plural}`;
}

/** Reads a kind; undefined if the text is none. */
export function parseKind(text: string): KindAddress | undefined {
  const [group, plural, ...rest] = text.split('/');
  return group && plural && rest.length === 0 ? { group, plural } : undefined;
}

/** Returns whether a tab has kinds that only discovery finds. */
export function needsDiscovery(tab: ResourceTab): boolean {
  return tab === 'custom' || tab === 'services';
}

/** Returns the kinds of a tab that any cluster has. */
export function kindsOf(
  tab: ResourceTab,
  discovered: readonly ResourceKind[],
): KnownKind[] {
  const found = new Set(discovered.map(kindText));
  return KINDS[tab].filter(kind => !OPTIONAL.has(kind) || found.has(kind));
}

/** Returns the kinds that no other tab shows and that can be listed: those of operators first, then by name. */
export function customKinds(
  discovered: readonly ResourceKind[],
): ResourceKind[] {
  return discovered
    .filter(kind => !KNOWN.has(kindText(kind)) && kind.verbs.includes('list'))
    .sort(
      (a, b) =>
        Number(b.custom) - Number(a.custom) ||
        a.kind.localeCompare(b.kind, 'en') ||
        a.group.localeCompare(b.group, 'en'),
    );
}
