import { z } from 'zod';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import {
  labelValueSchema as labelValue,
  qualifiedNameSchema as qualifiedName,
} from '@berth/plugin-berth-common';
import { cidrProblem, exceptionProblem } from './cidrProblem';

const MAX_PORT = 65_535;
const PORT = `must be a whole number from 1 to ${MAX_PORT}`;

/** Creates a schema of an object that has only known fields. */
export function fields<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `is not a known field; the fields are ${Object.keys(shape).join(
            ', ',
          )}`
        : undefined,
  });
}

/** Creates a schema of some texts. */
export function oneOf<Value extends string>(...values: [Value, ...Value[]]) {
  const texts = values.map(value => `"${value}"`);
  return z.enum(values, {
    error: `must be ${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`,
  });
}

/** Labels to match. */
export const labels = z
  .record(z.string(), labelValue)
  .superRefine((record, context) => {
    for (const key of Object.keys(record)) {
      const problem = qualifiedName.safeParse(key).error?.issues[0];
      if (problem) {
        context.addIssue(
          `holds the key ${quoteUntrusted(key)}, which ${problem.message}`,
        );
      }
    }
  });

const expression = fields({
  key: qualifiedName,
  operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: z.array(labelValue).optional(),
}).superRefine(({ operator, values = [] }, context) => {
  const needsValues = operator === 'In' || operator === 'NotIn';
  if (needsValues !== values.length > 0) {
    context.addIssue({
      code: 'custom',
      path: ['values'],
      message: `must hold ${
        needsValues ? 'at least one' : 'none'
      } with the operator "${operator}"`,
    });
  }
});

const labelSelector = fields({
  matchLabels: labels.optional(),
  matchExpressions: z.array(expression).optional(),
});

const portNumber = z.number({ error: PORT }).refine(isPort, PORT);

/** @see https://www.rfc-editor.org/rfc/rfc6335#section-5.1 for names */
const port = z
  .union([z.number(), z.string()])
  .refine(
    value => (typeof value === 'number' ? isPort(value) : isPortName(value)),
    `${PORT}, or the name of a port: at most 15 lowercase letters, digits and single hyphens, with a letter among them`,
  );

const networkPolicyPort = fields({
  protocol: oneOf('TCP', 'UDP', 'SCTP').default('TCP'),
  port: port.optional(),
  endPort: portNumber.optional(),
}).superRefine(({ port: first, endPort }, context) => {
  if (
    endPort !== undefined &&
    !(typeof first === 'number' && first <= endPort)
  ) {
    context.addIssue({
      code: 'custom',
      path: ['endPort'],
      message: 'needs a port that is a number and not greater',
    });
  }
});

/** A CIDR range. */
export const cidr = z.string().superRefine((text, context) => {
  const problem = cidrProblem(text);
  if (problem !== undefined) {
    context.addIssue(problem);
  }
});

const ipBlock = fields({
  cidr,
  except: z.array(cidr).optional(),
}).superRefine(({ cidr: outer, except = [] }, context) => {
  except.forEach((inner, index) => {
    const problem = exceptionProblem(inner, outer);
    if (problem !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['except', index],
        message: problem,
      });
    }
  });
});

const peer = fields({
  podSelector: labelSelector.optional(),
  namespaceSelector: labelSelector.optional(),
  ipBlock: ipBlock.optional(),
}).refine(
  ({ podSelector, namespaceSelector, ipBlock: block }) =>
    (block !== undefined) !==
    (podSelector !== undefined || namespaceSelector !== undefined),
  'must contain either an ipBlock, or a podSelector, a namespaceSelector or both',
);

const peers = z.array(peer).optional();
const ports = z.array(networkPolicyPort).optional();

/**
 * A NetworkPolicySpec as people write it. It also refuses specs that Kubernetes accepts and that are always
 * mistakes.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export const networkPolicySpec = fields({
  podSelector: labelSelector,
  policyTypes: z
    .array(oneOf('Ingress', 'Egress'))
    .min(1, 'must not be empty')
    .refine(
      types => new Set(types).size === types.length,
      'must contain each type at most once',
    )
    .optional(),
  ingress: z.array(fields({ from: peers, ports })).optional(),
  egress: z.array(fields({ to: peers, ports })).optional(),
}).superRefine(({ policyTypes, ingress = [], egress = [] }, context) => {
  const rules = { Ingress: ingress, Egress: egress };
  for (const type of ['Ingress', 'Egress'] as const) {
    if (policyTypes?.includes(type) === false && rules[type].length > 0) {
      context.addIssue({
        code: 'custom',
        path: ['policyTypes'],
        message: `must contain "${type}", as the ${type.toLowerCase()} rules would otherwise not apply`,
      });
    }
  }
});

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_PORT;
}

function isPortName(value: string): boolean {
  return /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(value);
}
