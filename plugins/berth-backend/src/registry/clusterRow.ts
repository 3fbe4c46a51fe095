import {
  ClusterOwner,
  ClusterStatus,
  KubectlVia,
} from '@berth/plugin-berth-common';
import { ClusterRecord, ClusterSettings } from '../model/clusters';

/** A row of the table `clusters`. */
export interface ClusterRow {
  id: string;
  name: string;
  title: string | null;
  api_server: string;
  ca_pem: string;
  connection: string;
  kubectl_via: string;
  username_prefix: string;
  groups_prefix: string;
  namespace_prefix: string | null;
  default_storage_class: string | null;
  ingress: string | null;
  node_placement: string | null;
  labels: string | null;
  links: string | null;
  owner: string;
  config_missing_since: string | null;
  kube_system_uid: string | null;
  revision: number;
  status: string;
  created_at: string;
  updated_at: string;
}

/** Returns columns for the given settings only, so that an update does not touch the others. */
export function toColumns(
  settings: Partial<ClusterSettings>,
): Partial<ClusterRow> {
  const columns: Partial<ClusterRow> = {
    title: orNull(settings.title),
    api_server: settings.apiServer,
    ca_pem: settings.caPem,
    connection: settings.connection,
    kubectl_via: settings.kubectlVia,
    username_prefix: settings.usernamePrefix,
    groups_prefix: settings.groupsPrefix,
    namespace_prefix: orNull(settings.namespacePrefix),
    default_storage_class: orNull(settings.defaultStorageClass),
    ingress: toJson(settings.ingress),
    node_placement: toJson(settings.nodePlacement),
    labels: toJson(settings.labels),
    links: toJson(settings.links),
    owner: settings.owner,
  };
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== undefined),
  );
}

export function toRecord(row: ClusterRow): ClusterRecord {
  return {
    id: row.id,
    name: row.name,
    ...optional('title', row.title),
    apiServer: row.api_server,
    caPem: row.ca_pem,
    connection: row.connection,
    kubectlVia: row.kubectl_via as KubectlVia,
    usernamePrefix: row.username_prefix,
    groupsPrefix: row.groups_prefix,
    ...optional('namespacePrefix', row.namespace_prefix),
    ...optional('defaultStorageClass', row.default_storage_class),
    ...optionalJson('ingress', row.ingress),
    ...optionalJson('nodePlacement', row.node_placement),
    ...optionalJson('labels', row.labels),
    ...optionalJson('links', row.links),
    owner: row.owner as ClusterOwner,
    ...optional('configMissingSince', row.config_missing_since),
    ...optional('kubeSystemUid', row.kube_system_uid),
    revision: row.revision,
    status: JSON.parse(row.status) as ClusterStatus,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function orNull(text: string | undefined): string | null | undefined {
  return text === '' ? null : text;
}

function toJson(value: object | undefined): string | null | undefined {
  if (value === undefined) {
    return undefined;
  }
  return Object.keys(value).length === 0 ? null : JSON.stringify(value);
}

function optional<Name extends keyof ClusterRecord>(
  name: Name,
  text: string | null,
): { [key in Name]?: string } {
  return text === null ? {} : ({ [name]: text } as { [key in Name]: string });
}

function optionalJson<Name extends keyof ClusterRecord>(
  name: Name,
  json: string | null,
): { [key in Name]?: ClusterRecord[Name] } {
  return json === null
    ? {}
    : ({ [name]: JSON.parse(json) } as { [key in Name]: ClusterRecord[Name] });
}
