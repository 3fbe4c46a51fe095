import { useMemo } from 'react';
import {
  Cluster,
  CreateClusterRequest,
  UpdateClusterRequest,
} from '@berth/plugin-berth-common';
import { FieldPath } from 'react-hook-form';
import * as z from 'zod';
import { useText } from '../../../kit';
import { Form } from '../../../kit/form';
import { ClusterFieldError, clusterSchema } from './clusterSchema';
import {
  linesOfLinks,
  linesOfPairs,
  linksOf,
  pairsOf,
  tolerationsOf,
  yamlOfTolerations,
} from './lines';

/** The fields of a cluster as text, named as in the API. */
export type ClusterFormValues = z.infer<ReturnType<typeof clusterSchema>>;

export type ClusterForm = Form<ClusterFormValues>;

/** The fields, in the order of the form. */
export const CLUSTER_FIELDS = [
  'name',
  'title',
  'apiServer',
  'caData',
  'connection',
  'credential',
  'kubectlVia',
  'usernamePrefix',
  'groupsPrefix',
  'namespacePrefix',
  'defaultStorageClass',
  'ingress.className',
  'ingress.annotations',
  'ingress.certificate',
  'ingress.tlsSecret',
  'nodePlacement.nodeSelector',
  'nodePlacement.tolerations',
  'labels',
  'links',
] as const satisfies readonly FieldPath<ClusterFormValues>[];

export type ClusterField = (typeof CLUSTER_FIELDS)[number];

export const EMPTY_VALUES: ClusterFormValues = {
  name: '',
  title: '',
  apiServer: '',
  caData: '',
  connection: 'oidc',
  credential: '',
  kubectlVia: 'direct',
  usernamePrefix: '',
  groupsPrefix: '',
  namespacePrefix: '',
  defaultStorageClass: '',
  ingress: { className: '', annotations: '', certificate: '', tlsSecret: '' },
  nodePlacement: { nodeSelector: '', tolerations: '' },
  labels: '',
  links: '',
};

/** The form's fields for paths of the API with other names. */
export const ALIASES = {
  ingress: 'ingress.certificate',
  'ingress.useDefaultCertificate': 'ingress.certificate',
  nodePlacement: 'nodePlacement.nodeSelector',
} as const;

/** Errors to show while a person is still typing. */
const LIVE_ERRORS: ReadonlySet<string> = new Set<ClusterFieldError>([
  'nameTaken',
  'caPrivateKey',
]);

/**
 * Returns the rules and texts of a form for a cluster.
 *
 * @param takenNames - names of the clusters that exist
 * @param storedConnection - the connection for which a credential is stored
 */
export function useClusterRules(
  takenNames: ReadonlySet<string>,
  storedConnection?: string,
) {
  const t = useText();
  const schema = useMemo(
    () => clusterSchema(takenNames, storedConnection),
    [takenNames, storedConnection],
  );
  return {
    schema,
    textOf: (error: string) => t(`form.error.${error as ClusterFieldError}`),
    live: LIVE_ERRORS,
    // Choices show no error; the alert does.
    fields: CLUSTER_FIELDS.filter(
      field => field !== 'connection' && field !== 'kubectlVia',
    ),
    aliases: ALIASES,
  };
}

/** Returns the current values of a cluster's fields, without a credential. */
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
    kubectlVia: cluster.kubectlVia,
    usernamePrefix: cluster.usernamePrefix,
    groupsPrefix: cluster.groupsPrefix,
    namespacePrefix: cluster.namespacePrefix ?? '',
    defaultStorageClass: cluster.defaultStorageClass ?? '',
    ingress: {
      className: ingress.className ?? '',
      annotations: linesOfPairs(ingress.annotations),
      certificate: ingress.useDefaultCertificate ? 'default' : certificate,
      tlsSecret: ingress.tlsSecret ?? '',
    },
    nodePlacement: {
      nodeSelector: linesOfPairs(nodePlacement.nodeSelector),
      tolerations: yamlOfTolerations(nodePlacement.tolerations),
    },
    labels: linesOfPairs(cluster.labels),
    links: linesOfLinks(cluster.links),
  };
}

/**
 * Converts all fields to the API's request; empty fields become empty values.
 *
 * @param values - valid values
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
    kubectlVia: values.kubectlVia,
    usernamePrefix: values.usernamePrefix.trim(),
    groupsPrefix: values.groupsPrefix.trim(),
    namespacePrefix: values.namespacePrefix.trim(),
    defaultStorageClass: values.defaultStorageClass.trim(),
    ingress: ingressOf(values.ingress),
    nodePlacement: withoutEmpty({
      nodeSelector: pairsOf(values.nodePlacement.nodeSelector),
      tolerations: tolerationsOf(values.nodePlacement.tolerations),
    }),
    labels: pairsOf(values.labels) ?? {},
    links: linksOf(values.links) ?? [],
  };
}

function ingressOf(ingress: ClusterFormValues['ingress']) {
  const { certificate } = ingress;
  return withoutEmpty({
    className: ingress.className.trim(),
    annotations: pairsOf(ingress.annotations),
    ...(certificate === 'secret' && { tlsSecret: ingress.tlsSecret.trim() }),
    ...(certificate === 'default' && { useDefaultCertificate: true }),
  });
}

/** Returns the request that registers a cluster, without empty fields. */
export function createRequestOf(
  name: string,
  values: ClusterFormValues,
): CreateClusterRequest {
  const { apiServer, caData, ...rest } = requestOf(values);
  return { ...withoutEmpty(rest), name, apiServer, caData };
}

/** Returns only the changed fields, so that admins who change different fields do not undo each other's changes. */
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
