import { groupVersionOf } from '../../resources/objects/json';
import { ManifestObject } from './manifest';

/**
 * The groups whose contents often differ at each rendering, and give no rights. Of any other group, also of custom
 * resources, a controller may do with its own rights what an object says.
 */
const PLAIN_GROUPS: ReadonlySet<string> = new Set([
  ...['', 'apps', 'autoscaling', 'batch', 'networking.k8s.io', 'policy'],
]);
/** The kinds of these groups that give rights, or concern the whole cluster. */
const POWERFUL_KINDS: ReadonlySet<string> = new Set([
  ...['IngressClass', 'Namespace', 'Node', 'PersistentVolume'],
  ...['PodSecurityPolicy', 'ServiceAccount'],
]);
/** Their contents often differ at each rendering. */
const DATA_KINDS: ReadonlySet<string> = new Set(['ConfigMap', 'Secret']);
/** Where data can give rights, as in the ConfigMap `aws-auth` or in tokens with which nodes join. */
const SYSTEM_NAMESPACE = /^kube-/;

/** Returns whether the digest covers the content of an object: it may give rights, or is in another namespace. */
export function hasCoveredContent(
  {
    apiVersion,
    kind,
    namespace,
  }: Pick<ManifestObject, 'apiVersion' | 'kind' | 'namespace'>,
  home: string,
): boolean {
  const { group } = groupVersionOf(apiVersion);
  const isElsewhere = namespace !== undefined && namespace !== home;
  return (
    !PLAIN_GROUPS.has(group) ||
    POWERFUL_KINDS.has(kind) ||
    (isElsewhere &&
      (!(group === '' && DATA_KINDS.has(kind)) ||
        SYSTEM_NAMESPACE.test(namespace)))
  );
}

/** Hooks of these events run in no operation but tests, which have their own preview. */
const TEST_EVENTS: ReadonlySet<string> = new Set(['test', 'test-success']);

/** Returns whether an object is a hook that only tests run. */
export function isOfTests({ events }: Pick<ManifestObject, 'events'>): boolean {
  return events?.every(event => TEST_EVENTS.has(event)) ?? false;
}
