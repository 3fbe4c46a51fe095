import { Quantity } from '@berth/plugin-berth-common';
import { qualityOfService } from '../resources/pods';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { JsonObject, KubeObject } from '../types';

/** Amounts by the names that a quota's `hard` uses. */
export type Usage = Map<string, Quantity>;

const ONE = Quantity.of(1);
const COUNTED_BY_PLURAL = new Set([
  'configmaps',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
]);

/** Computes the usage of one object. */
export function usageOf(
  definition: ResourceDefinition,
  object: KubeObject,
): Usage {
  const usage: Usage = new Map();
  const { group, plural } = definition;
  usage.set(`count/${group ? `${plural}.${group}` : plural}`, ONE);
  if (group !== '') {
    return usage;
  }
  if (plural === 'pods') {
    return isTerminal(object) ? usage : addAll(usage, podUsage(object));
  }
  if (COUNTED_BY_PLURAL.has(plural)) {
    usage.set(plural, ONE);
  }
  if (plural === 'services') {
    addAll(usage, serviceUsage(object));
  }
  if (plural === 'persistentvolumeclaims') {
    addAll(usage, claimUsage(object));
  }
  return usage;
}

export function isTerminal(pod: KubeObject): boolean {
  return ['Succeeded', 'Failed'].includes(pod.status?.phase);
}

function podUsage(pod: KubeObject): Usage {
  const usage: Usage = new Map([['pods', ONE]]);
  for (const field of ['requests', 'limits']) {
    for (const [name, amount] of effective(pod, field)) {
      const isNative = ['cpu', 'memory', 'ephemeral-storage'].includes(name);
      if (field === 'requests') {
        usage.set(`requests.${name}`, amount);
        if (isNative) {
          usage.set(name, amount);
        }
      } else if (isNative) {
        usage.set(`limits.${name}`, amount);
      }
    }
  }
  return usage;
}

/** Returns the sum over the containers, or the largest init container if that is more. */
function effective(pod: KubeObject, field: string): Usage {
  const read = (container: JsonObject): [string, Quantity][] =>
    Object.entries(container.resources?.[field] ?? {}).map(([name, value]) => [
      name,
      Quantity.parse(`${value}`),
    ]);
  const total: Usage = new Map();
  for (const container of pod.spec?.containers ?? []) {
    addAll(total, new Map(read(container)));
  }
  for (const container of pod.spec?.initContainers ?? []) {
    for (const [name, amount] of read(container)) {
      if ((total.get(name) ?? Quantity.zero).compare(amount) < 0) {
        total.set(name, amount);
      }
    }
  }
  return total;
}

function serviceUsage(service: KubeObject): Usage {
  const usage: Usage = new Map();
  const ports = Quantity.of(service.spec?.ports?.length ?? 0);
  if (service.spec?.type === 'NodePort') {
    usage.set('services.nodeports', ports);
  }
  if (service.spec?.type === 'LoadBalancer') {
    usage.set('services.nodeports', ports);
    usage.set('services.loadbalancers', ONE);
  }
  return usage;
}

function claimUsage(claim: KubeObject): Usage {
  const usage: Usage = new Map();
  const storage = claim.spec?.resources?.requests?.storage;
  const storageClass = claim.spec?.storageClassName;
  if (storage !== undefined) {
    usage.set('requests.storage', Quantity.parse(`${storage}`));
  }
  if (storageClass) {
    const prefix = `${storageClass}.storageclass.storage.k8s.io`;
    usage.set(`${prefix}/persistentvolumeclaims`, ONE);
    if (storage !== undefined) {
      usage.set(`${prefix}/requests.storage`, Quantity.parse(`${storage}`));
    }
  }
  return usage;
}

/** Adds one usage to another, in place. */
export function addAll(total: Usage, more: Usage): Usage {
  for (const [name, amount] of more) {
    total.set(name, total.get(name)?.add(amount) ?? amount);
  }
  return total;
}

/** Returns whether a quota with scopes counts an object. */
export function inScope(
  quota: KubeObject,
  definition: ResourceDefinition,
  object: KubeObject,
): boolean {
  const expressions: JsonObject[] = [
    ...(quota.spec?.scopes ?? []).map((scopeName: string) => ({
      scopeName,
      operator: 'Exists',
    })),
    ...(quota.spec?.scopeSelector?.matchExpressions ?? []),
  ];
  if (expressions.length === 0) {
    return true;
  }
  return (
    definition.kind === 'Pod' &&
    expressions.every(expression => matchesScope(expression, object))
  );
}

function matchesScope(expression: JsonObject, pod: KubeObject): boolean {
  const { scopeName, operator, values = [] } = expression;
  switch (scopeName) {
    case 'BestEffort':
      return qualityOfService(pod) === 'BestEffort';
    case 'NotBestEffort':
      return qualityOfService(pod) !== 'BestEffort';
    case 'Terminating':
      return pod.spec?.activeDeadlineSeconds !== undefined;
    case 'NotTerminating':
      return pod.spec?.activeDeadlineSeconds === undefined;
    case 'PriorityClass': {
      const priorityClass = pod.spec?.priorityClassName;
      if (operator === 'Exists') return !!priorityClass;
      if (operator === 'DoesNotExist') return !priorityClass;
      return values.includes(priorityClass) === (operator === 'In');
    }
    default:
      return false;
  }
}
