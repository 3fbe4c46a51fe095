import { cleanClusterName, kubectlViaSchema } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { AddressPolicy, parseApiServer } from '../../kube';
import { ConnectionStrategies } from '../connection/ConnectionStrategies';
import { parseCaBundle } from './caBundle';
import { lineOfText } from './clusterDefaults';
import { parsedBy } from '../../validation/parseBody';

const MAX_TYPED_NAME = 200;
const MAX_PREFIX = 64;
const MAX_SECRET = 64 * 1024;

/** The rules for the fields of a cluster. */
export interface ClusterRules {
  policy: AddressPolicy;
  strategies: ConnectionStrategies;
}

const clusterName = z
  .string()
  .max(MAX_TYPED_NAME, `must be at most ${MAX_TYPED_NAME} characters long`)
  .transform(cleanClusterName)
  .refine(
    name => name !== '',
    'must hold at least one letter from a to z or a digit, because only these are kept',
  );

const prefix = z
  .string()
  .max(MAX_PREFIX, `must be at most ${MAX_PREFIX} characters long`)
  .regex(/^[!-~]*$/, 'must be printable ASCII without spaces')
  .refine(
    value => !value.toLowerCase().startsWith('system:'),
    'must not begin with "system:", because Kubernetes reserves those names',
  );

/** Unlike the messages of other fields, those of this one do not include the value, because it is a secret. */
const credential = z.unknown().transform((value, context) => {
  if (isTexts(value)) {
    return value;
  }
  context.addIssue({
    code: 'custom',
    message: `credential must be an object of texts, such as {"token": "…"}, each at most ${MAX_SECRET} characters long`,
    params: { sentence: true },
  });
  return z.NEVER;
});

/** The schema of each field of a cluster's settings. */
export function clusterFields({ policy, strategies }: ClusterRules) {
  return {
    name: clusterName,
    title: lineOfText,
    apiServer: parsedBy(typed => parseApiServer(typed, policy)),
    caData: parsedBy(typed => parseCaBundle(typed)),
    connection: z.string().refine(name => strategies.names().includes(name), {
      error: `must be one of ${strategies.names().join(', ')}`,
    }),
    credential,
    kubectlVia: kubectlViaSchema,
    usernamePrefix: prefix.refine(
      value => value !== '-',
      'must be empty if the API server adds no prefix to user names (only the flag itself uses "-")',
    ),
    groupsPrefix: prefix,
  };
}

function isTexts(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(
      text => typeof text === 'string' && text.length <= MAX_SECRET,
    )
  );
}
