import { cleanClusterName } from '@berth/plugin-berth-common';
import * as z from 'zod';
import { linksOf, pairsOf } from './lines';
import { pemOf } from './pem';
import { tolerationsOf } from './tolerations';

/** Errors that the browser can find; the server checks everything again. */
export type ClusterFieldError =
  | 'nameEmpty'
  | 'nameTaken'
  | 'titleTooLong'
  | 'apiServerEmpty'
  | 'apiServerHttps'
  | 'apiServerUserinfo'
  | 'apiServerQuery'
  | 'apiServerHost'
  | 'caEmpty'
  | 'caPrivateKey'
  | 'caNotPem'
  | 'caTooLarge'
  | 'prefixTooLong'
  | 'prefixCharacters'
  | 'prefixSystem'
  | 'prefixHyphen'
  | 'credentialEmpty'
  | 'namespacePrefix'
  | 'certificateNeeded'
  | 'tlsSecretEmpty'
  | 'pairs'
  | 'tolerations'
  | 'links';

const MAX_TITLE = 200;
const MAX_PREFIX = 64;
const MAX_CA = 64 * 1024;
const NAMESPACE_PREFIX = /^([a-z0-9][-a-z0-9]{0,30})?$/;

const ingressSchema = z
  .object({
    className: z.string(),
    annotations: text(pairsError),
    /** `secret`, `default`, or empty while nothing is chosen. */
    certificate: z.string(),
    tlsSecret: z.string(),
  })
  .refine(
    ({ className, annotations, certificate }) =>
      certificate !== '' || (className + annotations).trim() === '',
    {
      path: ['certificate'],
      error: 'certificateNeeded' satisfies ClusterFieldError,
    },
  )
  .refine(
    ({ certificate, tlsSecret }) =>
      certificate !== 'secret' || tlsSecret.trim() !== '',
    {
      path: ['tlsSecret'],
      error: 'tlsSecretEmpty' satisfies ClusterFieldError,
    },
  );

/**
 * The fields of a cluster as a person types them.
 *
 * @param takenNames - names of the clusters that exist
 * @param storedConnection - the connection for which a credential is stored
 */
export function clusterSchema(
  takenNames: ReadonlySet<string>,
  storedConnection?: string,
) {
  return z
    .object({
      name: text(typed => nameError(typed, takenNames)),
      title: text(typed => typed.trim().length > MAX_TITLE && 'titleTooLong'),
      apiServer: text(typed => apiServerError(typed.trim())),
      caData: text(caError),
      connection: z.string(),
      /** The bootstrap token of a service account; empty keeps the stored one. */
      credential: z.string(),
      usernamePrefix: text(typed =>
        typed === '-' ? 'prefixHyphen' : prefixError(typed),
      ),
      groupsPrefix: text(prefixError),
      namespacePrefix: text(
        typed => !NAMESPACE_PREFIX.test(typed.trim()) && 'namespacePrefix',
      ),
      defaultStorageClass: z.string(),
      ingress: ingressSchema,
      nodePlacement: z.object({
        nodeSelector: text(pairsError),
        tolerations: text(typed => !tolerationsOf(typed) && 'tolerations'),
      }),
      labels: text(pairsError),
      links: text(typed => !linksOf(typed) && 'links'),
    })
    .refine(
      ({ connection, credential }) =>
        connection !== 'serviceAccount' ||
        storedConnection === 'serviceAccount' ||
        credential.trim() !== '',
      {
        path: ['credential'],
        error: 'credentialEmpty' satisfies ClusterFieldError,
      },
    );
}

function text(
  errorOf: (typed: string) => ClusterFieldError | false | undefined,
) {
  return z.string().superRefine((typed, context) => {
    const message = errorOf(typed);
    if (message) {
      context.addIssue({ code: 'custom', message });
    }
  });
}

function pairsError(typed: string): ClusterFieldError | undefined {
  return pairsOf(typed) ? undefined : 'pairs';
}

function nameError(
  typed: string,
  takenNames: ReadonlySet<string>,
): ClusterFieldError | undefined {
  const name = cleanClusterName(typed);
  if (!name) {
    return 'nameEmpty';
  }
  return takenNames.has(name) ? 'nameTaken' : undefined;
}

function apiServerError(typed: string): ClusterFieldError | undefined {
  if (!typed) {
    return 'apiServerEmpty';
  }
  if (!/^https:\/\//i.test(typed)) {
    return 'apiServerHttps';
  }
  if (/^https:\/\/[^/?#]*@/i.test(typed)) {
    return 'apiServerUserinfo';
  }
  if (/[?#]/.test(typed)) {
    return 'apiServerQuery';
  }
  return /^https:\/\/[^/\s]/i.test(typed) && URL.canParse(typed)
    ? undefined
    : 'apiServerHost';
}

function caError(typed: string): ClusterFieldError | undefined {
  if (!typed.trim()) {
    return 'caEmpty';
  }
  if (typed.length > MAX_CA) {
    return 'caTooLarge';
  }
  const pem = pemOf(typed);
  if (pem?.includes('PRIVATE KEY-----')) {
    return 'caPrivateKey';
  }
  return pem &&
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.test(pem)
    ? undefined
    : 'caNotPem';
}

function prefixError(prefix: string): ClusterFieldError | undefined {
  if (prefix.length > MAX_PREFIX) {
    return 'prefixTooLong';
  }
  if (!/^[!-~]*$/.test(prefix)) {
    return 'prefixCharacters';
  }
  return prefix.toLowerCase().startsWith('system:')
    ? 'prefixSystem'
    : undefined;
}
