/*
 * The API server's rules for ResourceQuotas and LimitRanges, so that the browser and the backend refuse other values
 * with the same words. Each rule was tested with a real kube-apiserver: see the contract suite of cluster-sandbox.
 *
 * https://github.com/kubernetes/kubernetes/blob/v1.20.2/pkg/apis/core/validation/validation.go
 */
import { isDnsSubdomain, isQualifiedName } from './kubernetesNames';
import type { QuotaLimits } from './api/quotas';
import { Quantity } from './quantity';

const SIZES = ['cpu', 'memory', 'ephemeral-storage'];

const COUNTS: ReadonlySet<string> = new Set([
  'configmaps',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
  'services.loadbalancers',
  'services.nodeports',
]);

/** The resources that a quota can count for some priority classes only, apart from extended resources. */
const SCOPED: ReadonlySet<string> = new Set([
  'pods',
  ...['cpu', 'memory'].flatMap(size => [
    size,
    `requests.${size}`,
    `limits.${size}`,
  ]),
]);

const HUGE_PAGES = /^hugepages-\d+(?:Ki|Mi|Gi)$/;
const STORAGE_CLASS =
  /^(.+)\.storageclass\.storage\.k8s\.io\/(?:requests\.storage|persistentvolumeclaims)$/;

const INT64 = Quantity.of(9_223_372_036_854_775_807n);
/** Kubernetes calculates in thousandths with 64 bits; sizes in bytes are whole. */
const INT64_MILLI = Quantity.of(9_223_372_036_854_775n);

/** A rule that an amount breaks. @public */
export type AmountProblem = 'negative' | 'notWhole' | 'tooLarge';

/**
 * Returns whether a ResourceQuota can bound a resource and Kubernetes counts it.
 *
 * @public
 */
export function isQuotaResource(name: string): boolean {
  if (name.includes('/')) {
    return (
      isQualifiedName(name) &&
      (isExtended(name, 'requests.') ||
        isObjectCount(name) ||
        isOfStorageClass(name))
    );
  }
  return (
    SIZES.includes(name.replace(/^(requests|limits)\./, '')) ||
    name === 'requests.storage' ||
    COUNTS.has(name) ||
    HUGE_PAGES.test(name.replace(/^requests\./, ''))
  );
}

/**
 * Returns whether a resource is counted in whole numbers.
 *
 * @public
 */
export function isCountedResource(name: string): boolean {
  return (
    COUNTS.has(name) ||
    isObjectCount(name) ||
    isExtended(name, 'requests.') ||
    name.endsWith('/persistentvolumeclaims')
  );
}

/**
 * Returns whether a quota for some priority classes can bound a resource: pods, their CPU and memory, and extended
 * resources.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 * @public
 */
export function isScopedResource(name: string): boolean {
  return SCOPED.has(name) || isExtended(name, 'requests.');
}

/**
 * Returns the rule that an amount of a quota breaks.
 *
 * @param name - the resource, such as `requests.cpu`
 * @public
 */
export function amountProblem(
  name: string,
  amount: Quantity,
): AmountProblem | undefined {
  if (amount.compare(Quantity.zero) < 0) {
    return 'negative';
  }
  if (isCountedResource(name) && !amount.isWhole()) {
    return 'notWhole';
  }
  const most = isBytes(name) ? INT64 : INT64_MILLI;
  return amount.compare(most) > 0 ? 'tooLarge' : undefined;
}

/**
 * Validates an item of a LimitRange whose amounts are quantities.
 *
 * @param where - the name of the item in messages, such as `limits[0]`
 * @returns a sentence for each problem
 * @public
 */
export function limitsProblems(item: QuotaLimits, where: string): string[] {
  const problems: string[] = [];
  const bounds = ['min', 'defaultRequest', 'default', 'max'] as const;
  const filled = withDefaults(item);
  const names = new Set(
    bounds.flatMap(bound => Object.keys(item[bound] ?? {})),
  );
  for (const name of names) {
    if (!isLimitResource(item.type, name)) {
      problems.push(
        `${where} bounds ${JSON.stringify(name)}, which a LimitRange of type ${
          item.type
        } does not know`,
      );
    }
    // Filled-in bounds repeat given ones, so they would repeat the problem.
    const given = bounds.filter(bound => item[bound]?.[name] !== undefined);
    given.forEach((lower, index) =>
      given.slice(index + 1).forEach(upper => {
        const [low, high] = [item[lower]![name], item[upper]![name]];
        if (Quantity.parse(low).compare(Quantity.parse(high)) > 0) {
          problems.push(
            `${where}.${lower}[${JSON.stringify(
              name,
            )}] ${low} must be at most ${upper}, which is ${high}`,
          );
        }
      }),
    );
    const { default: limit, defaultRequest: request } = filled;
    if (
      !SIZES.includes(name) &&
      limit?.[name] !== undefined &&
      request?.[name] !== undefined &&
      Quantity.parse(request[name]).compare(Quantity.parse(limit[name])) < 0
    ) {
      problems.push(
        `${where}.defaultRequest[${JSON.stringify(name)}] ${
          request[name]
        } must be equal to default, which is ${
          limit[name]
        }: pods cannot request less of it than their limit`,
      );
    }
  }
  if (item.type !== 'Container' && (item.default || item.defaultRequest)) {
    problems.push(
      `${where} is of type ${item.type}: default and defaultRequest are for type Container`,
    );
  }
  if (
    item.type === 'PersistentVolumeClaim' &&
    item.min?.storage === undefined &&
    item.max?.storage === undefined
  ) {
    problems.push(
      `${where} is of type PersistentVolumeClaim and needs min or max of storage`,
    );
  }
  return problems;
}

/** Fills in the defaults, as the API server does before it validates. */
function withDefaults(item: QuotaLimits): QuotaLimits {
  if (item.type !== 'Container') {
    return item;
  }
  const limit = { ...item.max, ...item.default };
  return {
    ...item,
    default: limit,
    defaultRequest: { ...item.min, ...limit, ...item.defaultRequest },
  };
}

function isLimitResource(type: QuotaLimits['type'], name: string): boolean {
  return type === 'PersistentVolumeClaim'
    ? name === 'storage'
    : SIZES.includes(name) || HUGE_PAGES.test(name) || isExtended(name, '');
}

function isBytes(name: string): boolean {
  return /(^|[./])(memory|storage|ephemeral-storage)$|hugepages-/.test(name);
}

/**
 * Returns whether a resource is an extended one, such as `nvidia.com/gpu`. Resources under kubernetes.io are
 * Kubernetes' own.
 */
function isExtended(name: string, prefix: string): boolean {
  const resource = name.slice(prefix.length);
  const [domain, rest] = resource.split('/');
  return (
    name.startsWith(prefix) &&
    rest !== undefined &&
    isQualifiedName(`requests.${resource}`) &&
    isDnsSubdomain(domain) &&
    !`${domain}/`.endsWith('kubernetes.io/') &&
    !/^(requests|limits|count)(\.|$)/.test(domain) &&
    !isOfStorageClass(resource)
  );
}

/** Returns whether a resource is an object count, such as `count/deployments.apps`. */
function isObjectCount(name: string): boolean {
  const kind = name.slice('count/'.length);
  return name.startsWith('count/') && kind.length <= 63 && isDnsSubdomain(kind);
}

function isOfStorageClass(name: string): boolean {
  const [, storageClass] = STORAGE_CLASS.exec(name) ?? [];
  return storageClass !== undefined && isDnsSubdomain(storageClass);
}
