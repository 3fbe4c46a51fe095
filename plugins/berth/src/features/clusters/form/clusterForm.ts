import {
  Cluster,
  CreateClusterRequest,
  UpdateClusterRequest,
} from '@berth/plugin-berth-common';
import { linesOfLinks, linesOfPairs, linksOf, pairsOf } from './lines';
import { tolerationsOf, yamlOfTolerations } from './tolerations';

/** The fields of a cluster as text, with the names of the API; dots stand for nested fields. */
export interface ClusterFormValues {
  name: string;
  title: string;
  apiServer: string;
  caData: string;
  connection: string;
  /** The bootstrap token of a service account; empty keeps the stored one. */
  credential: string;
  usernamePrefix: string;
  groupsPrefix: string;
  namespacePrefix: string;
  defaultStorageClass: string;
  'ingress.className': string;
  'ingress.annotations': string;
  /** The choice of certificate: `''`, `secret` or `default`. */
  'ingress.certificate': string;
  'ingress.tlsSecret': string;
  'nodePlacement.nodeSelector': string;
  'nodePlacement.tolerations': string;
  labels: string;
  links: string;
}

export type ClusterField = keyof ClusterFormValues;

export const EMPTY_VALUES: ClusterFormValues = {
  name: '',
  title: '',
  apiServer: '',
  caData: '',
  connection: 'oidc',
  credential: '',
  usernamePrefix: '',
  groupsPrefix: '',
  namespacePrefix: '',
  defaultStorageClass: '',
  'ingress.className': '',
  'ingress.annotations': '',
  'ingress.certificate': '',
  'ingress.tlsSecret': '',
  'nodePlacement.nodeSelector': '',
  'nodePlacement.tolerations': '',
  labels: '',
  links: '',
};

/** The current values of a cluster's fields, without a credential. */
export function valuesOf(cluster: Cluster): ClusterFormValues {
  const { ingress = {}, nodePlacement = {} } = cluster;
  const certificate = ingress.tlsSecret === undefined ? '' : 'secret';
  return {
    name: cluster.name,
    title: cluster.title ?? '',
    apiServer: cluster.apiServer,
    caData: atob(cluster.caData),
    connection: cluster.connection,
    credential: '',
    usernamePrefix: cluster.usernamePrefix,
    groupsPrefix: cluster.groupsPrefix,
    namespacePrefix: cluster.namespacePrefix ?? '',
    defaultStorageClass: cluster.defaultStorageClass ?? '',
    'ingress.className': ingress.className ?? '',
    'ingress.annotations': linesOfPairs(ingress.annotations),
    'ingress.certificate': ingress.useDefaultCertificate
      ? 'default'
      : certificate,
    'ingress.tlsSecret': ingress.tlsSecret ?? '',
    'nodePlacement.nodeSelector': linesOfPairs(nodePlacement.nodeSelector),
    'nodePlacement.tolerations': yamlOfTolerations(nodePlacement.tolerations),
    labels: linesOfPairs(cluster.labels),
    links: linesOfLinks(cluster.links),
  };
}

/**
 * Converts all fields to the API's form; empty fields become empty values.
 *
 * @param values - without errors
 */
export function requestOf(
  values: ClusterFormValues,
): Required<Omit<UpdateClusterRequest, 'credential'>> &
  Pick<UpdateClusterRequest, 'credential'> {
  const credential = values.credential.trim();
  return {
    title: values.title.trim(),
    apiServer: values.apiServer.trim(),
    caData: values.caData.trim(),
    connection: values.connection,
    ...(credential && { credential: { token: credential } }),
    usernamePrefix: values.usernamePrefix.trim(),
    groupsPrefix: values.groupsPrefix.trim(),
    namespacePrefix: values.namespacePrefix.trim(),
    defaultStorageClass: values.defaultStorageClass.trim(),
    ingress: ingressOf(values),
    nodePlacement: withoutEmpty({
      nodeSelector: pairsOf(values['nodePlacement.nodeSelector']),
      tolerations: tolerationsOf(values['nodePlacement.tolerations']),
    }),
    labels: pairsOf(values.labels) ?? {},
    links: linksOf(values.links) ?? [],
  };
}

function ingressOf(values: ClusterFormValues) {
  const certificate = values['ingress.certificate'];
  return withoutEmpty({
    className: values['ingress.className'].trim(),
    annotations: pairsOf(values['ingress.annotations']),
    ...(certificate === 'secret' && {
      tlsSecret: values['ingress.tlsSecret'].trim(),
    }),
    ...(certificate === 'default' && { useDefaultCertificate: true }),
  });
}

/** The body that registers a cluster, without empty fields. */
export function createRequestOf(
  name: string,
  values: ClusterFormValues,
): CreateClusterRequest {
  const { apiServer, caData, ...rest } = requestOf(values);
  return { ...withoutEmpty(rest), name, apiServer, caData };
}

/** Only changed fields, so that two admins who change different fields do not undo each other's changes. */
export function changesOf(
  before: ClusterFormValues,
  after: ClusterFormValues,
): UpdateClusterRequest {
  const old = new Map<string, unknown>(Object.entries(requestOf(before)));
  return Object.fromEntries(
    Object.entries(requestOf(after)).filter(
      ([field, value]) =>
        JSON.stringify(value) !== JSON.stringify(old.get(field)),
    ),
  );
}

function withoutEmpty<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => !isEmpty(value)),
  ) as Partial<T>;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === '' ||
    (typeof value === 'object' &&
      value !== null &&
      Object.keys(value).length === 0)
  );
}
