import * as z from 'zod';
import {
  boundedText,
  clusterName,
  dnsLabel,
  identifier,
  lineOfText,
  oneOf,
} from './fields';
import { kubectlViaSchema } from './clusters';
import { listOf, pageQuery } from './paging';

const MAX_ASSERTION = 4096;

/**
 * The public key of a device: a point of the curve P-256.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7518#section-6.2
 * @public
 */
export const deviceKeySchema = z
  .strictObject({
    kty: oneOf(['EC']),
    crv: oneOf(['P-256']),
    x: coordinate(),
    y: coordinate(),
  })
  .meta({ id: 'DeviceKey', description: 'A public key as a JWK.' });

/** @public */
export type DeviceKey = z.infer<typeof deviceKeySchema>;

function coordinate() {
  return z
    .string()
    .regex(
      /^[A-Za-z0-9_-]{43}$/,
      'must be a coordinate of P-256: 32 bytes in base64url',
    );
}

/** @public */
export const connectDeviceRequestSchema = z
  .strictObject({
    publicKey: deviceKeySchema,
    name: lineOfText(64)
      .min(1, 'must not be empty')
      .describe('Name of the computer.'),
    system: lineOfText(40)
      .min(1, 'must not be empty')
      .describe('Operating system, such as `linux`.'),
    version: lineOfText(40)
      .min(1, 'must not be empty')
      .describe('Version of kubectl-berth.'),
  })
  .meta({ id: 'ConnectDeviceRequest' });

/** @public */
export type ConnectDeviceRequest = z.infer<typeof connectDeviceRequestSchema>;

/** @public */
export const connectedDeviceSchema = z
  .object({
    id: z.string().describe('ULID of the device.'),
    code: z
      .string()
      .describe('Activates the device once, with a signature of its key.'),
    codeExpiresIn: z.number().int().describe('Seconds.'),
    endsAt: z.string().describe('When the sign-in of the device ends.'),
  })
  .meta({ id: 'ConnectedDevice' });

/** @public */
export type ConnectedDevice = z.infer<typeof connectedDeviceSchema>;

/** @public */
export const kubectlDeviceSchema = z
  .object({
    id: z.string().describe('ULID.'),
    user: z.string().describe('Entity ref of the person.'),
    name: z.string().describe('Name of the computer.'),
    system: z.string(),
    version: z.string(),
    state: oneOf(['Pending', 'Active', 'Ended'])
      .describe(`- \`Pending\`: confirmed in the portal, the code is not used yet
- \`Active\`: gets tokens
- \`Ended\`: the sign-in is over`),
    createdAt: z.string(),
    createdAddress: z.string().optional(),
    lastUsedAt: z.string().describe('Exact to a minute.').optional(),
    lastAddress: z.string().optional(),
    endsAt: z.string(),
    endedWhy: z
      .string()
      .describe('Why the sign-in ended, in one sentence.')
      .optional(),
  })
  .meta({
    id: 'KubectlDevice',
    description: 'A computer that is signed in to the portal with kubectl.',
  });

/** @public */
export type KubectlDevice = z.infer<typeof kubectlDeviceSchema>;

/** @public */
export const kubectlDeviceQuerySchema = z
  .strictObject({
    user: identifier(500)
      .describe(
        'Entity ref of a person, the caller by default. Admins may name others, and `*` for everyone.',
      )
      .optional(),
  })
  .meta({ id: 'KubectlDeviceQuery' });

/** @public */
export type KubectlDeviceQuery = z.infer<typeof kubectlDeviceQuerySchema>;

/** @public */
export const kubectlDeviceListQuerySchema = kubectlDeviceQuerySchema
  .extend(pageQuery(1_000))
  .meta({ id: 'KubectlDeviceListQuery' });

/** @public */
export type KubectlDeviceListQuery = z.infer<
  typeof kubectlDeviceListQuerySchema
>;

/**
 * A JWS (RFC 7515) that the key of the device signs for one call of one route.
 *
 * @public
 */
export const deviceAssertionSchema = z
  .strictObject({
    assertion: boundedText(MAX_ASSERTION)
      .min(1, 'must not be empty')
      .describe(
        'JWS with the header `{alg: "ES256", typ: "berth-device+jwt", kid: <device id>}` and the claims `aud` (the issuer), `iat`, `exp` (at most 60 s after `iat`), `jti`, `act` (the last part of the path), and `code`, or `cluster` and `clusterId`.',
      ),
  })
  .meta({ id: 'DeviceAssertion' });

/** @public */
export const activatedDeviceSchema = z
  .object({
    id: z.string(),
    user: z.string().describe('Entity ref of the person.'),
    endsAt: z.string(),
    endsIn: z.number().int().describe('Seconds until `endsAt`.'),
  })
  .meta({ id: 'ActivatedDevice' });

/** @public */
export type ActivatedDevice = z.infer<typeof activatedDeviceSchema>;

/** @public */
export const deviceCredentialSchema = z
  .object({
    token: z.string().describe('A JWT for one cluster.'),
    expiresAt: z.string(),
    expiresIn: z.number().int().describe('Seconds.'),
    clusterId: z.string(),
  })
  .meta({ id: 'DeviceCredential' });

/** @public */
export type DeviceCredential = z.infer<typeof deviceCredentialSchema>;

/** @public */
export const kubectlClusterSchema = z
  .object({
    name: z.string(),
    id: z.string().describe('ULID; a new registration gets another one.'),
    server: z.string().describe('The address that kubectl calls.'),
    caData: z
      .string()
      .describe(
        'PEM bundle in base64. Absent where kubectl uses the CAs of the computer.',
      )
      .optional(),
    via: kubectlViaSchema,
    username: z.string().describe("The `sub` of the person's tokens."),
    namespace: z
      .string()
      .describe('The default namespace of the context.')
      .optional(),
    namespaces: z.array(z.string()).describe('The namespaces of the person.'),
  })
  .meta({
    id: 'KubectlCluster',
    description: 'A cluster as an entry of a kubeconfig.',
  });

/** @public */
export type KubectlCluster = z.infer<typeof kubectlClusterSchema>;

/** @public */
export const kubectlClusterListSchema = listOf(kubectlClusterSchema)
  .extend({
    portalCaData: z
      .string()
      .describe(
        'CA of the portal, a PEM bundle in base64, where it is not a public one.',
      )
      .optional(),
  })
  .meta({ id: 'KubectlClusterList' });

/** @public */
export type KubectlClusterList = z.infer<typeof kubectlClusterListSchema>;

/** @public */
export const kubeconfigQuerySchema = z
  .strictObject({
    cluster: clusterName
      .describe('One cluster; all clusters of the caller by default.')
      .optional(),
    namespace: dnsLabel
      .describe('The default namespace of the context, with `cluster`.')
      .optional(),
    execVersion: oneOf(['v1', 'v1beta1'])
      .describe('Version of client.authentication.k8s.io, `v1` by default.')
      .optional(),
  })
  .meta({ id: 'KubeconfigQuery' });

/** @public */
export type KubeconfigQuery = z.infer<typeof kubeconfigQuerySchema>;

/** @public */
export const kubectlPortalSchema = z
  .object({
    app: z.string().describe('Address of the portal that people open.'),
    api: z.string().describe('Address of this API.'),
    issuer: z.string().describe('The `aud` of assertions.'),
    time: z.string().describe('The time of the portal.'),
    signInLifetime: z
      .number()
      .int()
      .describe('Seconds from the confirmation of a sign-in to its end.'),
  })
  .meta({
    id: 'KubectlPortal',
    description: 'What kubectl-berth needs to know of a portal.',
  });

/** @public */
export type KubectlPortal = z.infer<typeof kubectlPortalSchema>;
