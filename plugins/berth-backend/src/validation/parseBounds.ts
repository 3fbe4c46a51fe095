import { InputError } from '@backstage/errors';
import {
  AmountProblem,
  amountProblem,
  isQuotaResource,
  isScopedResource,
  limitsProblems,
  Quantity,
  QuotaLimits,
  SetQuotaRequest,
  setQuotaRequestSchema,
  SizeClass,
  sizeClassSchema,
} from '@berth/plugin-berth-common';
import { z } from 'zod';
import { parseBody } from './parseBody';
import { atField, problemsError } from '../text/fieldProblems';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { QuotaBounds } from '../model/tenancy';

const MAX_RESOURCES = 100;

/** A size class in the configuration. */
export const configuredSizeClassSchema = z.strictObject({
  ...sizeClassSchema.shape,
  limits: sizeClassSchema.shape.limits.optional(),
});

/**
 * Reads a body of `PUT …/quota`.
 *
 * @throws InputError with all problems at once
 */
export function parseQuotaRequest(
  body: unknown,
  sizeClasses: SizeClass[],
): QuotaBounds {
  return checkQuota(
    parseBody(setQuotaRequestSchema, body),
    sizeClasses,
    'hard',
  );
}

/**
 * Checks the rules that the schema cannot express.
 *
 * @param where - the field of the bounds in the request, such as `quota.hard`
 * @returns the bounds with canonical quantities
 * @throws InputError with all problems at once
 */
export function checkQuota(
  request: SetQuotaRequest,
  sizeClasses: SizeClass[],
  where: string,
): QuotaBounds {
  const inside = where.split('.').slice(0, -1);
  const { sizeClass, priorityClasses = [] } = request;
  if (sizeClass !== undefined) {
    if (request.hard || request.limits) {
      throw atField(
        new InputError(
          `sizeClass ${quoteUntrusted(
            sizeClass,
          )} stands for hard and limits: give either the one or the others`,
        ),
        ...inside,
        'sizeClass',
      );
    }
    const found = sizeClasses.find(({ name }) => name === sizeClass);
    if (!found) {
      throw atField(
        new InputError(
          `sizeClass ${quoteUntrusted(sizeClass)} is not one of ${
            sizeClasses.map(({ name }) => name).join(', ') ||
            'berth.sizeClasses, of which there are none'
          }`,
        ),
        ...inside,
        'sizeClass',
      );
    }
    const { hard, limits: items, nodeSelector, tolerations } = found;
    return {
      sizeClass,
      hard,
      limits: items,
      priorityClasses,
      ...((nodeSelector || tolerations) && {
        placement: {
          nodeSelector: nodeSelector ?? {},
          tolerations: tolerations ?? [],
        },
      }),
    };
  }
  const ofHard: string[] = [];
  const hard = canonical(request.hard ?? {}, where, ofHard);
  ofHard.push(...boundsProblems(hard, where, priorityClasses));
  const ofLimits: string[] = [];
  const items = (request.limits ?? []).map((item, index) =>
    checkLimits(item, `limits[${index}]`, ofLimits),
  );
  const types = items.map(({ type }) => type);
  if (new Set(types).size < types.length) {
    ofLimits.push('limits must hold each type once at most');
  }
  const problems = [
    ...ofHard.map(message => ({ path: [...inside, 'hard'], message })),
    ...ofLimits.map(message => ({ path: [...inside, 'limits'], message })),
  ];
  if (problems.length > 0) {
    throw problemsError(problems);
  }
  return { hard, limits: items, priorityClasses };
}

function boundsProblems(
  hard: Record<string, string>,
  where: string,
  priorityClasses: string[],
): string[] {
  const names = Object.keys(hard);
  if (names.length === 0) {
    return [`${where} must bound at least one resource`];
  }
  if (names.length > MAX_RESOURCES) {
    return [`${where} must bound at most ${MAX_RESOURCES} resources`];
  }
  return names.flatMap(name => {
    const field = `${where}[${quoteUntrusted(name)}]`;
    if (!isQuotaResource(name)) {
      return [
        `${field} is not a resource that a ResourceQuota can bound, such as requests.cpu, limits.memory, requests.storage, pods or requests.nvidia.com/gpu`,
      ];
    }
    return priorityClasses.length > 0 && !isScopedResource(name)
      ? [
          `${field} cannot be bounded for some priorityClasses only: Kubernetes does that for pods, their cpu and memory, and extended resources`,
        ]
      : [];
  });
}

function checkLimits(
  item: QuotaLimits,
  where: string,
  problems: string[],
): QuotaLimits {
  const bounds = ['min', 'defaultRequest', 'default', 'max'] as const;
  const checked: QuotaLimits = { type: item.type };
  for (const bound of bounds) {
    const values = item[bound];
    if (values) {
      // A quota limits extended resources by the requests of pods.
      checked[bound] = canonical(values, `${where}.${bound}`, problems, name =>
        name.includes('/') ? `requests.${name}` : name,
      );
    }
  }
  problems.push(...limitsProblems(checked, where));
  return checked;
}

const RULES: Record<AmountProblem, string> = {
  negative: 'must not be negative',
  notWhole: 'must be a whole number',
  tooLarge:
    'is more than Kubernetes can count; leave the resource out for no bound',
};

function canonical(
  values: Record<string, string>,
  where: string,
  problems: string[],
  resourceOf: (name: string) => string = name => name,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      canonicalAmount(
        value,
        {
          resource: resourceOf(name),
          field: `${where}[${quoteUntrusted(name)}]`,
        },
        problems,
      ),
    ]),
  );
}

/** Returns the canonical form of an amount, and adds the rules that the amount breaks to the problems. */
export function canonicalAmount(
  value: string,
  { resource, field }: { resource: string; field: string },
  problems: string[],
): string {
  const quantity = parseQuantity(value, field, problems);
  const problem = amountProblem(resource, quantity);
  if (problem) {
    problems.push(`${field} ${quoteUntrusted(value)} ${RULES[problem]}`);
  }
  return quantity.toString();
}

function parseQuantity(
  value: string,
  field: string,
  problems: string[],
): Quantity {
  try {
    return Quantity.parse(value);
  } catch (error) {
    if (!(error instanceof InputError)) {
      throw error;
    }
    problems.push(`${field} ${error.message}`);
    return Quantity.zero;
  }
}
