import {
  cleanClusterName,
  CreateClusterRequest,
  UpdateClusterRequest,
} from '@berth/plugin-berth-common';
import { z } from 'zod';
import { AddressPolicy, parseApiServer } from '../../kube';
import { ClusterChange, ClusterSettings } from '../types';
import { parseCaBundle } from './caBundle';
import { clusterDefaultsShape, lineOfText } from './clusterDefaults';
import { parseBody, parsedBy } from './parseBody';

const MAX_TYPED_NAME = 200;
const MAX_PREFIX = 64;

const clusterName = z
  .string()
  .max(MAX_TYPED_NAME, `must be at most ${MAX_TYPED_NAME} characters long`)
  .transform(cleanClusterName)
  .refine(
    name => name !== '',
    'must hold at least one letter from a to z or digit, as nothing else is kept of it',
  );

const prefix = z
  .string()
  .max(MAX_PREFIX, `must be at most ${MAX_PREFIX} characters long`)
  .regex(/^[!-~]*$/, 'must be printable ASCII without spaces')
  .refine(
    value => !value.toLowerCase().startsWith('system:'),
    'must not begin with "system:", as those names are Kubernetes\' own',
  );

/**
 * Reads the body of `POST /clusters`.
 *
 * @throws InputError with all problems at once
 */
export function parseCreateCluster(
  body: unknown,
  policy: AddressPolicy,
): ClusterSettings {
  const fields = clusterFields(policy);
  const schema = z.strictObject({
    name: clusterName,
    title: fields.title.optional(),
    apiServer: fields.apiServer,
    caData: fields.caData,
    connection: fields.connection.default('oidc'),
    usernamePrefix: fields.usernamePrefix.default(''),
    groupsPrefix: fields.groupsPrefix.default(''),
    ...clusterDefaultsShape,
  } satisfies Record<Exclude<keyof CreateClusterRequest, 'credential'>, z.ZodType>);

  const { caData, ...settings } = parseBody(schema, body);
  return { ...settings, caPem: caData };
}

/**
 * Reads the body of `PATCH /clusters/{name}`. An empty value removes what was there.
 *
 * @throws InputError with all problems at once
 */
export function parseUpdateCluster(
  body: unknown,
  policy: AddressPolicy,
): ClusterChange {
  const fields = clusterFields(policy);
  const schema = z.strictObject({
    title: fields.title.optional(),
    apiServer: fields.apiServer.optional(),
    caData: fields.caData.optional(),
    usernamePrefix: fields.usernamePrefix.optional(),
    groupsPrefix: fields.groupsPrefix.optional(),
    ...clusterDefaultsShape,
  } satisfies Record<Exclude<keyof UpdateClusterRequest, 'connection' | 'credential'>, z.ZodType>);

  const { caData, ...settings } = parseBody(schema, body);
  return { ...settings, ...(caData !== undefined && { caPem: caData }) };
}

function clusterFields(policy: AddressPolicy) {
  return {
    title: lineOfText,
    connection: z.enum(['oidc'], { error: 'must be "oidc"' }),
    apiServer: parsedBy(typed => parseApiServer(typed, policy)),
    caData: parsedBy(typed => parseCaBundle(typed)),
    usernamePrefix: prefix.refine(
      value => value !== '-',
      'must be empty where the API server adds nothing to user names ("-" is only how the flag says so)',
    ),
    groupsPrefix: prefix,
  };
}
