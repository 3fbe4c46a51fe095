/*
 * The rules by which a real API server validates quotas and limit ranges.
 * https://github.com/kubernetes/kubernetes/blob/v1.20.2/pkg/apis/core/validation/validation.go
 */
import { isQualifiedName, Quantity } from '@berth/plugin-berth-common';
import { Cause, cause } from '../status';

const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const COUNTS = [
  'configmaps',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
  'services.loadbalancers',
  'services.nodeports',
];
const QUOTA_RESOURCES = new Set([
  ...COUNTS,
  ...COMPUTE.flatMap(name => [name, `requests.${name}`, `limits.${name}`]),
  'requests.storage',
]);
const POD_RESOURCES = new Set([
  'pods',
  ...['cpu', 'memory'].flatMap(name => [
    name,
    `requests.${name}`,
    `limits.${name}`,
  ]),
]);
const POD_SCOPES = [
  'Terminating',
  'NotTerminating',
  'NotBestEffort',
  'PriorityClass',
];

type Amounts = Record<string, string>;

interface LimitItem {
  type: string;
  max?: Amounts;
  min?: Amounts;
  default?: Amounts;
  defaultRequest?: Amounts;
}

interface QuotaSpec {
  hard?: Amounts;
  scopes?: string[];
  scopeSelector?: { matchExpressions?: { scopeName: string }[] };
}

/** Returns the errors in the spec of a ResourceQuota. */
export function resourceQuotaCauses(spec: QuotaSpec | undefined): Cause[] {
  const hard = spec?.hard ?? {};
  const selected = spec?.scopeSelector?.matchExpressions ?? [];
  return [
    ...Object.entries(hard).flatMap(([name, value]) =>
      amountCauses(name, `${value}`),
    ),
    ...scopeCauses('spec.scopes', spec?.scopes ?? [], hard),
    ...scopeCauses(
      'spec.scopeSelector.matchExpressions.scopeName',
      selected.map(({ scopeName }) => scopeName),
      hard,
    ),
  ];
}

function amountCauses(name: string, value: string): Cause[] {
  const field = `spec.hard[${name}]`;
  const causes: Cause[] = [];
  if (!isQualifiedName(name)) {
    causes.push(cause.invalid(field, name, 'must be a qualified name'));
  }
  if (!name.includes('/') && !isQuotaResource(name)) {
    causes.push(
      cause.invalid(field, name, 'must be a standard resource for quota'),
    );
  }
  const amount = Quantity.parse(value);
  if (amount.compare(Quantity.zero) < 0) {
    causes.push(
      cause.invalid(field, value, 'must be greater than or equal to 0'),
    );
  }
  if ((COUNTS.includes(name) || isExtended(name)) && !amount.isWhole()) {
    causes.push(cause.invalid(field, value, 'must be an integer'));
  }
  return causes;
}

function scopeCauses(field: string, scopes: string[], hard: Amounts): Cause[] {
  return scopes.flatMap(scope =>
    Object.keys(hard)
      .filter(
        name =>
          isQuotaResource(name) &&
          !(scope === 'BestEffort'
            ? name === 'pods'
            : POD_SCOPES.includes(scope) && POD_RESOURCES.has(name)),
      )
      .map(() =>
        cause.invalid(field, scopes, 'unsupported scope applied to resource'),
      ),
  );
}

function isQuotaResource(name: string): boolean {
  return QUOTA_RESOURCES.has(name) || /^(requests\.)?hugepages-/.test(name);
}

/** Returns the errors in the spec of a LimitRange with its defaults set. */
export function limitRangeCauses(
  spec: { limits?: LimitItem[] } | undefined,
): Cause[] {
  const types = new Set<string>();
  return (spec?.limits ?? []).flatMap((item, index) => {
    const where = `spec.limits[${index}]`;
    const causes = types.has(item.type)
      ? [cause.duplicate(`${where}.type`, item.type)]
      : [];
    types.add(item.type);
    return [...causes, ...limitItemCauses(item, where)];
  });
}

function limitItemCauses(item: LimitItem, where: string): Cause[] {
  const { type } = item;
  const fields = ['min', 'defaultRequest', 'default', 'max'] as const;
  const causes: Cause[] = [];
  const amounts = new Map<string, Partial<Record<string, Quantity>>>();
  for (const field of fields) {
    for (const [name, value] of Object.entries(item[field] ?? {})) {
      const key = `${where}.${field}[${name}]`;
      if (!isLimitResource(type, name)) {
        causes.push(
          cause.invalid(
            key,
            name,
            'must be a standard resource for containers',
          ),
        );
      }
      const known = amounts.get(name) ?? {};
      known[field] = Quantity.parse(`${value}`);
      amounts.set(name, known);
    }
  }
  if (type === 'Pod') {
    for (const field of ['default', 'defaultRequest'] as const) {
      if (item[field]) {
        causes.push(
          cause.forbidden(
            `${where}.${field}`,
            "may not be specified when `type` is 'Pod'",
          ),
        );
      }
    }
  }
  if (
    type === 'PersistentVolumeClaim' &&
    !item.min?.storage &&
    !item.max?.storage
  ) {
    causes.push(
      cause.required(
        `${where}.limits`,
        'either minimum or maximum storage value is required, but neither was provided',
      ),
    );
  }
  for (const [name, known] of amounts) {
    fields.forEach((lower, index) => {
      for (const upper of fields.slice(index + 1)) {
        const [low, high] = [known[lower], known[upper]];
        if (low && high && low.compare(high) > 0) {
          causes.push(
            cause.invalid(
              `${where}.${lower}[${name}]`,
              `${low}`,
              `${lower} value ${low} is greater than ${upper} value ${high}`,
            ),
          );
        }
      }
    });
    const { default: limit, defaultRequest: request } = known;
    const isEqual = limit && request && limit.compare(request) === 0;
    if (limit && request && !isEqual && !COMPUTE.includes(name)) {
      causes.push(
        cause.invalid(
          `${where}.defaultRequest[${name}]`,
          `${request}`,
          `default value ${limit} must equal to defaultRequest value ${request} in ${name}`,
        ),
      );
    }
  }
  return causes;
}

function isLimitResource(type: string, name: string): boolean {
  if (type !== 'Container' && type !== 'Pod') {
    return true;
  }
  return name.includes('/')
    ? isExtended(name)
    : COMPUTE.includes(name) || name.startsWith('hugepages-');
}

/**
 * Returns whether a name is an extended resource, such as `nvidia.com/gpu`; for quotas also `count/jobs.batch`,
 * but no name that begins with `requests.`.
 */
function isExtended(name: string): boolean {
  return (
    name.includes('/') &&
    !name.startsWith('requests.') &&
    !name.includes('kubernetes.io/') &&
    isQualifiedName(`requests.${name}`)
  );
}
