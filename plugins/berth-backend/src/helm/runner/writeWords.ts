import { ProxyRequest } from '../../proxy/types';

/** The kinds that charts usually hold, by their resources. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['configmaps', 'ConfigMap'],
  ['cronjobs.batch', 'CronJob'],
  [
    'customresourcedefinitions.apiextensions.k8s.io',
    'CustomResourceDefinition',
  ],
  ['clusterrolebindings.rbac.authorization.k8s.io', 'ClusterRoleBinding'],
  ['clusterroles.rbac.authorization.k8s.io', 'ClusterRole'],
  ['daemonsets.apps', 'DaemonSet'],
  ['deployments.apps', 'Deployment'],
  ['horizontalpodautoscalers.autoscaling', 'HorizontalPodAutoscaler'],
  ['ingresses.networking.k8s.io', 'Ingress'],
  ['jobs.batch', 'Job'],
  ['networkpolicies.networking.k8s.io', 'NetworkPolicy'],
  ['persistentvolumeclaims', 'PersistentVolumeClaim'],
  ['poddisruptionbudgets.policy', 'PodDisruptionBudget'],
  ['pods', 'Pod'],
  ['rolebindings.rbac.authorization.k8s.io', 'RoleBinding'],
  ['roles.rbac.authorization.k8s.io', 'Role'],
  ['secrets', 'Secret'],
  ['serviceaccounts', 'ServiceAccount'],
  ['services', 'Service'],
  ['statefulsets.apps', 'StatefulSet'],
]);

const DONE = new Map([
  ['create', 'Created'],
  ['delete', 'Deleted'],
  ['patch', 'Changed'],
  ['update', 'Changed'],
]);
const CREATED = 201;
/** The status of a write without an answer, which may have succeeded. */
export const NO_ANSWER = 502;
const CLIENT_ERROR = 400;

type Resource = Extract<ProxyRequest['path'], { kind: 'resource' }>;

/**
 * Describes a write and its answer, such as `Created Secret web in shop`.
 *
 * @param name - of an object that the request creates
 */
export function describeWrite(
  { path, verb }: { path: Resource; verb: string },
  { name, status }: { name?: string; status: number },
): string {
  const object = describeObject(path, name);
  if (status === NO_ANSWER) {
    return `No answer to ${verb} ${object}, which may have succeeded`;
  }
  if (status >= CLIENT_ERROR) {
    return `The cluster answered ${status} to ${verb} ${object}`;
  }
  // Server-side apply also creates objects.
  const done = status === CREATED ? 'Created' : DONE.get(verb) ?? verb;
  return `${done} ${object}`;
}

function describeObject(
  { group, resource, namespace, name, subresource }: Resource,
  bodyName: string | undefined,
): string {
  const full = group === '' ? resource : `${resource}.${group}`;
  return [
    KINDS.get(full) ?? full,
    name ?? bodyName,
    subresource && `(${subresource})`,
    namespace && `in ${namespace}`,
  ]
    .filter(Boolean)
    .join(' ');
}
