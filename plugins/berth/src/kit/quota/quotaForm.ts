import {
  AmountProblem,
  NamespaceQuota,
  NodePlacement,
  Quantity,
  QuotaLimits,
  SetQuotaRequest,
  SizeClass,
  amountProblem,
  isQuotaResource,
  isScopedResource,
  limitsProblems,
} from '@berth/plugin-berth-common';
import * as z from 'zod';
import { usesOf } from './quotaUse';

/** The resources with defaults for containers that name none. */
export const DEFAULTED = ['cpu', 'memory'] as const;

export type Defaulted = (typeof DEFAULTED)[number];

/** The input of the quota editor. */
export interface QuotaForm {
  /** Empty for custom amounts. */
  sizeClass: string;
  /** The typed amount of each resource. */
  hard: Record<string, string>;
  /** Defaults for containers without requests or limits; empty means no default. */
  requests: Record<Defaulted, string>;
  limits: Record<Defaulted, string>;
  /** Limits that the editor does not show and must keep. */
  otherLimits: QuotaLimits[];
  priorityClasses: string[];
  /** The nodes of the size class. Custom amounts have none: see `placementIn`. */
  placement?: NodePlacement;
}

/** The problem of one line. */
export type LineProblem =
  | AmountProblem
  | 'empty'
  | 'notQuantity'
  | 'unknown'
  | 'notScoped';

type Bounds = Pick<NamespaceQuota, 'hard' | 'limits'> &
  Partial<Pick<NamespaceQuota, 'sizeClass' | 'priorityClasses' | 'placement'>>;

/** Returns the form of a quota or a size class, or an empty form. */
export function formOf(bounds?: Bounds | SizeClass): QuotaForm {
  const container = bounds?.limits.find(({ type }) => type === 'Container');
  const ordered = usesOf({ hard: bounds?.hard ?? {} });
  return {
    sizeClass: (bounds && 'sizeClass' in bounds && bounds.sizeClass) || '',
    hard: Object.fromEntries(
      ordered.map(({ resource, hard }) => [resource, hard]),
    ),
    requests: defaultsOf(container?.defaultRequest),
    limits: defaultsOf(container?.default),
    otherLimits: bounds?.limits ?? [],
    priorityClasses:
      bounds && 'priorityClasses' in bounds ? bounds.priorityClasses ?? [] : [],
    placement:
      bounds &&
      placementOf(('name' in bounds ? bounds : bounds.placement) ?? {}),
  };
}

/** Returns the nodes of a size class or of a quota, in one form. */
function placementOf({
  nodeSelector = {},
  tolerations = [],
}: NodePlacement): NodePlacement | undefined {
  return Object.keys(nodeSelector).length > 0 || tolerations.length > 0
    ? { nodeSelector, tolerations }
    : undefined;
}

/** Returns the nodes that the quota of a form would set. Custom amounts set none. */
export function placementIn({
  sizeClass,
  placement,
}: QuotaForm): NodePlacement | undefined {
  return sizeClass ? placement : undefined;
}

/** Converts a form to the backend's request. */
export function requestOf(form: QuotaForm): SetQuotaRequest {
  const scope = form.priorityClasses.length > 0 && {
    priorityClasses: form.priorityClasses,
  };
  if (form.sizeClass) {
    return { sizeClass: form.sizeClass, ...scope };
  }
  const hard = Object.fromEntries(
    Object.entries(form.hard).map(([name, amount]) => [name, amount.trim()]),
  );
  const limits = limitsOf(form);
  return { hard, ...(limits.length > 0 && { limits }), ...scope };
}

/** Returns the problems of the typed amounts, by resource. */
export function problemsOf(form: QuotaForm): Record<string, LineProblem> {
  return Object.fromEntries(
    Object.entries(form.hard).flatMap(([resource, amount]) => {
      const problem =
        nameProblem(resource, form) ?? lineProblem(resource, amount);
      return problem ? [[resource, problem] as const] : [];
    }),
  );
}

/** Returns the problem of a default; an empty one is valid. */
export function defaultProblem(
  resource: Defaulted,
  amount: string,
): LineProblem | undefined {
  return amount.trim() ? lineProblem(resource, amount) : undefined;
}

/**
 * Returns the conflicts between the defaults of containers, and the problems of limits that the editor does not
 * show.
 *
 * @returns a sentence for each problem; none while an amount cannot be read
 */
export function limitProblemsOf(form: QuotaForm): string[] {
  const isReadable = DEFAULTED.every(
    name =>
      !defaultProblem(name, form.requests[name]) &&
      !defaultProblem(name, form.limits[name]),
  );
  return isReadable && !form.sizeClass
    ? limitsOf(form).flatMap((item, index) =>
        limitsProblems(item, `limits[${index}]`),
      )
    : [];
}

/** Returns why the form cannot be saved, as far as the browser can know. */
export function quotaProblem(
  form: QuotaForm,
): 'quotaEmpty' | 'quotaInvalid' | undefined {
  if (Object.keys(form.hard).length === 0) {
    return 'quotaEmpty';
  }
  const isValid =
    limitProblemsOf(form).length === 0 &&
    Object.keys(problemsOf(form)).length === 0 &&
    DEFAULTED.every(
      name =>
        !defaultProblem(name, form.requests[name]) &&
        !defaultProblem(name, form.limits[name]),
    );
  return isValid ? undefined : 'quotaInvalid';
}

/** The schema of one form field; its lines show their own problems. */
export const quotaSchema = z
  .custom<QuotaForm>()
  .superRefine((form, context) => {
    const message = quotaProblem(form);
    if (message) {
      context.addIssue({ code: 'custom', message });
    }
  });

/** Returns whether two forms would set the same quota; `4000m` and `4` are the same. */
export function isSameForm(one: QuotaForm, other: QuotaForm): boolean {
  return essenceOf(one) === essenceOf(other);
}

/**
 * Returns the bounds on CPU and memory without a default. Kubernetes refuses pods whose containers name no amount of
 * them. A limit also serves as the request.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function missingDefaults(form: QuotaForm): string[] {
  return Object.keys(form.hard).filter(resource => {
    const name = DEFAULTED.find(
      one => resource.replace(/^(requests|limits)\./, '') === one,
    );
    if (!name) {
      return false;
    }
    return resource.startsWith('limits.')
      ? !form.limits[name].trim()
      : !form.requests[name].trim() && !form.limits[name].trim();
  });
}

/** Applies the caller's unsaved changes on top of what another person saved. */
export function mergeForms(
  base: QuotaForm,
  mine: QuotaForm,
  theirs: QuotaForm,
): QuotaForm {
  const hard = mergeAmounts(base.hard, mine.hard, theirs.hard);
  const isMine = mine.sizeClass !== base.sizeClass;
  const merged: QuotaForm = {
    ...theirs,
    hard,
    requests: mergeAmounts(base.requests, mine.requests, theirs.requests),
    limits: mergeAmounts(base.limits, mine.limits, theirs.limits),
    ...(isMine && { sizeClass: mine.sizeClass, placement: mine.placement }),
  };
  // A size class determines all amounts; any other amount makes the quota custom.
  return isSameForm(merged, isMine ? mine : theirs)
    ? merged
    : { ...merged, sizeClass: '' };
}

function mergeAmounts<Amounts extends Record<string, string>>(
  base: Amounts,
  mine: Amounts,
  theirs: Amounts,
): Amounts {
  const names = [
    ...new Set([base, theirs, mine].flatMap(amounts => Object.keys(amounts))),
  ];
  return Object.fromEntries(
    names
      .map(name => [
        name,
        mine[name] === base[name] ? theirs[name] : mine[name],
      ])
      .filter(([, amount]) => amount !== undefined),
  ) as Amounts;
}

function defaultsOf(amounts: Record<string, string> = {}) {
  return { cpu: amounts.cpu ?? '', memory: amounts.memory ?? '' };
}

function limitsOf({ requests, limits, otherLimits }: QuotaForm): QuotaLimits[] {
  const before = otherLimits.find(({ type }) => type === 'Container');
  const container: QuotaLimits = {
    ...before,
    type: 'Container',
    default: withAmounts(before?.default, limits),
    defaultRequest: withAmounts(before?.defaultRequest, requests),
  };
  const { type, ...bounds } = container;
  const others = otherLimits.filter(item => item !== before);
  const filled = Object.entries(bounds).filter(([, value]) => value);
  return filled.length > 0
    ? [{ type, ...Object.fromEntries(filled) }, ...others]
    : others;
}

function withAmounts(
  before: Record<string, string> | undefined,
  typed: Record<Defaulted, string>,
): Record<string, string> | undefined {
  const amounts = { ...before };
  for (const name of DEFAULTED) {
    if (typed[name].trim()) {
      amounts[name] = typed[name].trim();
    } else {
      delete amounts[name];
    }
  }
  return Object.keys(amounts).length > 0 ? amounts : undefined;
}

function lineProblem(
  resource: string,
  amount: string,
): LineProblem | undefined {
  const text = amount.trim();
  if (!text) {
    return 'empty';
  }
  const quantity = parse(text);
  if (!quantity) {
    return 'notQuantity';
  }
  return amountProblem(resource, quantity);
}

function nameProblem(
  resource: string,
  { priorityClasses }: QuotaForm,
): LineProblem | undefined {
  if (!isQuotaResource(resource)) {
    return 'unknown';
  }
  return priorityClasses.length > 0 && !isScopedResource(resource)
    ? 'notScoped'
    : undefined;
}

function parse(text: string): Quantity | undefined {
  try {
    return Quantity.parse(text);
  } catch {
    return undefined;
  }
}

function essenceOf(form: QuotaForm): string {
  const canonical = (amounts: Record<string, string>) =>
    Object.entries(amounts)
      .map(([name, amount]) => [
        name,
        parse(amount.trim())?.toString() ?? amount.trim(),
      ])
      .sort();
  return JSON.stringify([
    form.sizeClass,
    placementIn(form) ?? null,
    canonical(form.hard),
    canonical(form.requests),
    canonical(form.limits),
  ]);
}
