import { Cluster, cleanClusterName } from '@berth/plugin-berth-common';

/** The fields of a cluster that people fill in, called as in the API. */
export interface ClusterFormValues {
  name: string;
  title: string;
  apiServer: string;
  caData: string;
  usernamePrefix: string;
  groupsPrefix: string;
}

export type ClusterField = keyof ClusterFormValues;

export const EMPTY_VALUES: ClusterFormValues = {
  name: '',
  title: '',
  apiServer: '',
  caData: '',
  usernamePrefix: '',
  groupsPrefix: '',
};

/** What a cluster's fields are now. */
export function valuesOf(cluster: Cluster): ClusterFormValues {
  return {
    name: cluster.name,
    title: cluster.title ?? '',
    apiServer: cluster.apiServer,
    caData: atob(cluster.caData),
    usernamePrefix: cluster.usernamePrefix,
    groupsPrefix: cluster.groupsPrefix,
  };
}

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
  | 'prefixHyphen';

const MAX_TITLE = 200;
const MAX_PREFIX = 64;
const MAX_CA = 64 * 1024;

type FieldErrors = Partial<Record<ClusterField, ClusterFieldError>>;

/**
 * Finds what is wrong with the fields.
 *
 * @param takenNames - names of the clusters that exist
 */
export function validateCluster(
  values: ClusterFormValues,
  takenNames: ReadonlySet<string>,
): FieldErrors {
  const errors: FieldErrors = {
    name: nameError(values.name, takenNames),
    title: values.title.trim().length > MAX_TITLE ? 'titleTooLong' : undefined,
    apiServer: apiServerError(values.apiServer.trim()),
    caData: caError(values.caData),
    usernamePrefix:
      values.usernamePrefix === '-'
        ? 'prefixHyphen'
        : prefixError(values.usernamePrefix),
    groupsPrefix: prefixError(values.groupsPrefix),
  };
  return Object.fromEntries(
    Object.entries(errors).filter(([, error]) => error !== undefined),
  );
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

/** The PEM in a field that also takes base64 of PEM, as kubeconfigs hold it. */
export function pemOf(typed: string): string | undefined {
  if (typed.includes('-----')) {
    return typed;
  }
  try {
    return atob(typed.replace(/\s+/g, ''));
  } catch {
    return undefined;
  }
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
