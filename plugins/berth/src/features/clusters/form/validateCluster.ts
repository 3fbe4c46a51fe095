import { cleanClusterName } from '@berth/plugin-berth-common';
import { ClusterField, ClusterFormValues } from './clusterForm';
import { linksOf, pairsOf } from './lines';
import { pemOf } from './pem';
import { tolerationsOf } from './tolerations';

/** The rules that can be judged without the server, which judges all of them again. */
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

type FieldErrors = Partial<Record<ClusterField, ClusterFieldError>>;

/**
 * Finds what is wrong with the fields.
 *
 * @param takenNames - names of the clusters that exist
 * @param storedConnection - that for which a credential is stored already
 */
export function validateCluster(
  values: ClusterFormValues,
  takenNames: ReadonlySet<string>,
  storedConnection?: string,
): FieldErrors {
  const errors: FieldErrors = {
    credential:
      values.connection === 'serviceAccount' &&
      storedConnection !== 'serviceAccount' &&
      !values.credential.trim()
        ? 'credentialEmpty'
        : undefined,
    name: nameError(values.name, takenNames),
    title: values.title.trim().length > MAX_TITLE ? 'titleTooLong' : undefined,
    apiServer: apiServerError(values.apiServer.trim()),
    caData: caError(values.caData),
    usernamePrefix:
      values.usernamePrefix === '-'
        ? 'prefixHyphen'
        : prefixError(values.usernamePrefix),
    groupsPrefix: prefixError(values.groupsPrefix),
    namespacePrefix: NAMESPACE_PREFIX.test(values.namespacePrefix.trim())
      ? undefined
      : 'namespacePrefix',
    ...ingressErrors(values),
    'nodePlacement.nodeSelector': pairsError(
      values['nodePlacement.nodeSelector'],
    ),
    'nodePlacement.tolerations': tolerationsOf(
      values['nodePlacement.tolerations'],
    )
      ? undefined
      : 'tolerations',
    labels: pairsError(values.labels),
    links: linksOf(values.links) ? undefined : 'links',
  };
  return Object.fromEntries(
    Object.entries(errors).filter(([, error]) => error !== undefined),
  );
}

/** Ingress settings require a certificate. */
function ingressErrors(values: ClusterFormValues): FieldErrors {
  const certificate = values['ingress.certificate'];
  const said =
    values['ingress.className'].trim() || values['ingress.annotations'].trim();
  return {
    'ingress.annotations': pairsError(values['ingress.annotations']),
    'ingress.certificate':
      said && !certificate ? 'certificateNeeded' : undefined,
    'ingress.tlsSecret':
      certificate === 'secret' && !values['ingress.tlsSecret'].trim()
        ? 'tlsSecretEmpty'
        : undefined,
  };
}

function pairsError(text: string): ClusterFieldError | undefined {
  return pairsOf(text) ? undefined : 'pairs';
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
