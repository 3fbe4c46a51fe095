import { Quantity } from '@berth/plugin-berth-common';
import { Registry } from '../registry/Registry';
import { RESOURCES } from '../resources';
import { resourceQuotas } from '../resources/quotas';
import { allContainers } from '../resources/podSpec';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { forbidden } from '../status';
import { KubeObject } from '../types';
import { AdmissionPlugin, AdmissionRequest } from './Admission';
import { addAll, inScope, Usage, usageOf } from './quotaUsage';

const COMPUTE = [
  'cpu',
  'memory',
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
];

/** Refuses writes that would exceed a quota of the namespace. */
export class QuotaAdmission implements AdmissionPlugin {
  readonly #registry: () => Registry;

  constructor(registry: () => Registry) {
    this.#registry = registry;
  }

  validate(request: AdmissionRequest): void {
    const { operation, namespace, definition, object, old } = request;
    if (operation === 'DELETE' || !namespace || request.subresource) {
      return;
    }
    for (const quota of this.#registry().all(resourceQuotas, namespace)) {
      const hard: Record<string, string> = quota.spec?.hard ?? {};
      if (!inScope(quota, definition, object!)) {
        continue;
      }
      if (operation === 'CREATE' && definition.kind === 'Pod') {
        checkIsComputed(request, quota, hard);
      }
      const wanted = usageOf(definition, object!);
      const before = old ? usageOf(definition, old) : new Map();
      const names = Object.keys(hard)
        .filter(name => wanted.has(name))
        .filter(
          name =>
            wanted.get(name)!.compare(before.get(name) ?? Quantity.zero) > 0,
        );
      if (names.length > 0) {
        this.#checkFits(request, quota, names, wanted, before);
      }
    }
  }

  #checkFits(
    { definition, namespace, name: objectName }: AdmissionRequest,
    quota: KubeObject,
    names: string[],
    wanted: Usage,
    before: Usage,
  ): void {
    const used = usedOf(this.#registry(), namespace!, quota);
    const delta = (name: string) =>
      wanted.get(name)!.subtract(before.get(name) ?? Quantity.zero);
    const inUse = (name: string) => used.get(name) ?? Quantity.zero;
    const limit = (name: string) => Quantity.parse(`${quota.spec!.hard[name]}`);
    const exceeded = names
      .filter(name => inUse(name).add(delta(name)).compare(limit(name)) > 0)
      .sort();
    if (exceeded.length === 0) {
      return;
    }
    const list = (amount: (name: string) => Quantity) =>
      exceeded.map(name => `${name}=${amount(name)}`).join(',');
    throw forbidden(
      definition,
      objectName,
      `exceeded quota: ${quota.metadata.name}, requested: ${list(
        delta,
      )}, used: ${list(inUse)}, limited: ${list(limit)}`,
    );
  }
}

/** Computes the current usage of a quota in a namespace. */
export function usedOf(
  registry: Registry,
  namespace: string,
  quota: KubeObject,
): Usage {
  const total: Usage = new Map();
  for (const definition of definitionsCountedBy(quota)) {
    for (const object of registry.all(definition, namespace)) {
      if (inScope(quota, definition, object)) {
        addAll(total, usageOf(definition, object));
      }
    }
  }
  return total;
}

/** Resources whose objects use more of a quota than their number. */
const WEIGHED = ['pods', 'services', 'persistentvolumeclaims'];

function definitionsCountedBy(quota: KubeObject): ResourceDefinition[] {
  const names = Object.keys(quota.spec?.hard ?? {});
  return RESOURCES.filter(({ group, plural, namespaced }) => {
    const counted = `count/${group ? `${plural}.${group}` : plural}`;
    const isCounted =
      names.includes(counted) ||
      (group === '' && (names.includes(plural) || WEIGHED.includes(plural)));
    return namespaced && isCounted;
  });
}

/** Requires every container to set the compute resources that the quota limits. */
function checkIsComputed(
  { definition, name: objectName, object }: AdmissionRequest,
  quota: KubeObject,
  hard: Record<string, string>,
): void {
  const missing = new Map<string, string[]>();
  for (const name of COMPUTE.filter(entry => entry in hard)) {
    const [field, resource] = name.includes('.')
      ? name.split('.')
      : ['requests', name];
    for (const container of allContainers(object!.spec)) {
      if (container.resources?.[field]?.[resource] === undefined) {
        missing.set(name, [...(missing.get(name) ?? []), container.name]);
      }
    }
  }
  if (missing.size > 0) {
    const text = [...missing]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, containers]) => `${name} for: ${containers.join(',')}`)
      .join('; ');
    throw forbidden(
      definition,
      objectName,
      `failed quota: ${quota.metadata.name}: must specify ${text}`,
    );
  }
}
