import {
  NAMESPACE_ROLES,
  NamespaceRole,
  RequestSpec,
  RequestKind,
  SizeClass,
  isDnsLabel,
  isSystemNamespace,
} from '@berth/plugin-berth-common';
import type { NameState } from '../../../kit/hooks';
import { QuotaForm, formOf, quotaProblem, requestOf } from '../../../kit/quota';
import { KINDS } from '../list/requestsQuery';
import { MAX_TEXT, oneLine } from './oneLine';

/** The values of the form; an empty string is not chosen yet. */
export interface RequestValues {
  kind: RequestKind;
  cluster: string;
  namespace: string;
  /** Entity ref. */
  group: string;
  /** Entity ref; of a new namespace only. */
  system: string;
  role: NamespaceRole;
  quota: QuotaForm;
  purpose: string;
  /** ISO 8601. */
  expiresAt?: string;
}

export type RequestField = keyof RequestValues;

/** What is wrong with a field. */
export type RequestError =
  | 'cluster'
  | 'namespace'
  | 'namespaceInvalid'
  | 'namespaceReserved'
  | 'namespaceTaken'
  | 'namespaceRefused'
  | 'group'
  | 'quotaEmpty'
  | 'quotaInvalid'
  | 'expiresAt'
  | 'purpose';

export type RequestErrors = Partial<Record<RequestField, RequestError>>;

/** The first values of the form, from an address; invalid parameters are ignored. */
export function valuesOfSearch(parameters: URLSearchParams): RequestValues {
  return {
    kind: KINDS.find(one => one === parameters.get('kind')) ?? 'namespace',
    cluster: parameters.get('cluster') ?? '',
    namespace: parameters.get('namespace') ?? '',
    group: parameters.get('group') ?? '',
    system: parameters.get('system') ?? '',
    role: NAMESPACE_ROLES.find(one => one === parameters.get('role')) ?? 'view',
    quota: formOf(),
    purpose: '',
  };
}

/** The form of an earlier request. */
export function valuesOfSpec(
  spec: RequestSpec,
  sizeClasses: SizeClass[],
): RequestValues {
  const { kind, cluster, namespace, purpose = '' } = spec;
  return {
    kind,
    cluster,
    namespace,
    group: spec.kind === 'quota' ? '' : spec.group,
    system: (spec.kind === 'namespace' && spec.system) || '',
    role: spec.kind === 'grant' ? spec.role : 'view',
    quota: spec.kind === 'grant' ? formOf() : quotaOf(spec.quota, sizeClasses),
    purpose,
    ...(spec.kind !== 'quota' &&
      spec.expiresAt !== undefined && { expiresAt: spec.expiresAt }),
  };
}

/** The request for the backend. */
export function specOf(values: RequestValues): RequestSpec {
  const { kind, cluster, namespace, group, system, role, expiresAt } = values;
  const purpose = oneLine(values.purpose);
  const place = { cluster, namespace, ...(purpose && { purpose }) };
  const end = expiresAt !== undefined && { expiresAt };
  switch (kind) {
    case 'grant':
      return { kind, ...place, group, role, ...end };
    case 'quota':
      return { kind, ...place, quota: requestOf(values.quota) };
    default:
      return {
        kind,
        ...place,
        group,
        ...(system && { system }),
        quota: requestOf(values.quota),
        ...end,
      };
  }
}

/**
 * All errors that the browser can find.
 *
 * @param nameState - of the name of a new namespace
 * @param now - milliseconds since the epoch
 */
export function validate(
  values: RequestValues,
  nameState: NameState,
  now: number,
): RequestErrors {
  const { kind, cluster, group, purpose, expiresAt } = values;
  const errors: Partial<Record<RequestField, RequestError | false>> = {
    cluster: !cluster && 'cluster',
    namespace: namespaceError(values, nameState),
    group: kind !== 'quota' && !group && 'group',
    quota: kind !== 'grant' && quotaProblem(values.quota),
    purpose: oneLine(purpose).length > MAX_TEXT && 'purpose',
    expiresAt:
      kind !== 'quota' &&
      expiresAt !== undefined &&
      Date.parse(expiresAt) <= now &&
      'expiresAt',
  };
  return Object.fromEntries(
    Object.entries(errors).filter(([, error]) => error),
  );
}

function namespaceError(
  { kind, namespace }: RequestValues,
  nameState: NameState,
): RequestError | undefined {
  if (!namespace) {
    return 'namespace';
  }
  if (!isDnsLabel(namespace)) {
    return 'namespaceInvalid';
  }
  if (kind !== 'namespace') {
    return undefined;
  }
  if (isSystemNamespace(namespace)) {
    return 'namespaceReserved';
  }
  if (nameState === 'refused') {
    return 'namespaceRefused';
  }
  return ['taken', 'adoptable'].includes(nameState)
    ? 'namespaceTaken'
    : undefined;
}

function quotaOf(
  quota: Extract<RequestSpec, { kind: 'quota' }>['quota'],
  sizeClasses: SizeClass[],
): QuotaForm {
  const { sizeClass, hard = {}, limits = [], priorityClasses = [] } = quota;
  const preset = sizeClasses.find(({ name }) => name === sizeClass);
  return preset
    ? { ...formOf(preset), sizeClass: preset.name, priorityClasses }
    : formOf({ hard, limits, priorityClasses });
}
