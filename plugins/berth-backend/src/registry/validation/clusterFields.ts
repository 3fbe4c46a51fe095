import {
  cleanClusterName,
  createClusterRequestSchema,
  kubectlViaSchema,
} from '@berth/plugin-berth-common';
import { z } from 'zod';
import { AddressPolicy, parseApiServer } from '../../kube';
import { ConnectionStrategies } from '../connection/ConnectionStrategies';
import { parseCaBundle } from './caBundle';
import { parsedBy } from '../../validation/parseBody';

const MAX_SECRET = 64 * 1024;

/** The rules for the fields of a cluster. */
export interface ClusterRules {
  policy: AddressPolicy;
  /** Whether the portal passes requests on, by `berth.proxy.enabled`. */
  proxy: boolean;
  strategies: ConnectionStrategies;
}

const { shape } = createClusterRequestSchema;

const clusterName = shape.name
  .transform(cleanClusterName)
  .refine(
    name => name !== '',
    'must hold at least one letter from a to z or a digit, because only these are kept',
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

/** The schemas of the fields for which the API's own rules are not enough. */
export function clusterFields({ policy, proxy, strategies }: ClusterRules) {
  return {
    name: clusterName,
    apiServer: parsedBy(typed => parseApiServer(typed, policy)),
    caData: parsedBy(typed => parseCaBundle(typed)),
    connection: shape.connection
      .unwrap()
      .refine(name => strategies.names().includes(name), {
        error: `must be one of ${strategies.names().join(', ')}`,
      }),
    credential,
    kubectlVia: kubectlViaSchema.refine(via => via === 'direct' || proxy, {
      error: 'must be "direct", because berth.proxy.enabled is false',
    }),
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
