import {
  NAMESPACE_ROLES,
  RequestSpec,
  RequestKind,
  SizeClass,
  isDnsLabel,
  isSystemNamespace,
} from '@berth/plugin-berth-common';
import * as z from 'zod';
import type { Form } from '../../../kit/form';
import type { NameState } from '../../../kit/hooks';
import { QuotaForm, formOf, quotaProblem, requestOf } from '../../../kit/quota';
import type { requestsTexts } from '../../../texts/requests';
import { KINDS } from '../list/requestsQuery';
import { MAX_TEXT, oneLine } from './oneLine';

/** Errors that the browser finds. */
export type RequestError = keyof (typeof requestsTexts)['requestForm']['error'];

/** Errors to show while a person is still typing. */
export const LIVE_ERRORS: ReadonlySet<string> = new Set<RequestError>([
  'namespaceInvalid',
  'namespaceReserved',
  'namespaceTaken',
  'namespaceRefused',
  'expiresAt',
  'purpose',
]);

/**
 * Returns the schema of the form's values; an empty string means not chosen yet.
 *
 * @param nameState - the state of a new namespace's name
 * @param now - milliseconds since the epoch
 */
export function requestSchema(nameState: NameState, now: number) {
  return z
    .object({
      kind: z.enum(KINDS),
      cluster: z.string(),
      namespace: z.string(),
      /** Entity ref. */
      group: z.string(),
      /** Entity ref; only for a new namespace. */
      system: z.string(),
      role: z.enum(NAMESPACE_ROLES),
      quota: z.custom<QuotaForm>(),
      purpose: z.string(),
      /** ISO 8601. */
      expiresAt: z.string().optional(),
    })
    .superRefine((values, context) => {
      const { kind, cluster, group, quota, purpose, expiresAt } = values;
      const errors: Record<string, RequestError | false | undefined> = {
        cluster: !cluster && 'cluster',
        namespace: namespaceError(kind, values.namespace, nameState),
        group: kind !== 'quota' && !group && 'group',
        quota: kind !== 'grant' && quotaProblem(quota),
        purpose: oneLine(purpose).length > MAX_TEXT && 'purpose',
        expiresAt:
          kind !== 'quota' &&
          expiresAt !== undefined &&
          Date.parse(expiresAt) <= now &&
          'expiresAt',
      };
      for (const [field, message] of Object.entries(errors)) {
        if (message) {
          context.addIssue({ code: 'custom', path: [field], message });
        }
      }
    });
}

export type RequestValues = z.infer<ReturnType<typeof requestSchema>>;

export type RequestFormState = Form<RequestValues>;

/** The fields that show an error; other problems of the server appear in an alert. */
export const FIELDS = [
  'cluster',
  'namespace',
  'group',
  'system',
  'quota',
  'purpose',
  'expiresAt',
];

/** The form's single field for the fields of the API's quota. */
export const ALIASES = {
  sizeClass: 'quota',
  hard: 'quota',
  limits: 'quota',
  priorityClasses: 'quota',
};

/** Reads the first values of the form from an address; ignores invalid parameters. */
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

/** Returns the values of the form for an earlier request. */
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

/** Returns the request to send to the backend. */
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

function namespaceError(
  kind: RequestKind,
  namespace: string,
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
