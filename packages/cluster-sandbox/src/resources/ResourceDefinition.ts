import { Cause } from '../status';
import { KubeObject } from '../types';

/** A column of `kubectl get`. */
export interface Column {
  name: string;
  type: 'string' | 'integer';
  format?: 'name';
  /** 0 is always shown, 1 only with `-o wide`. */
  priority: 0 | 1;
  value(object: KubeObject): string | number;
}

/** A subresource that discovery lists in addition to `status` and `scale`. */
export interface Subresource {
  name: string;
  kind: string;
  group?: string;
  version?: string;
  verbs: string[];
}

/** A kind of object that the API server keeps, and what is particular about it. */
export interface ResourceDefinition {
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  shortNames?: string[];
  categories?: string[];
  /** The verbs of the resource; all of them when absent. */
  verbs?: string[];
  hasStatus?: boolean;
  hasScale?: boolean;
  /** Whether `metadata.generation` counts changes of the spec. */
  hasGeneration?: boolean;
  /** Whether a deletion is answered with the object rather than with a Status. */
  returnsDeleted?: boolean;
  /** Whether PUT makes the object when it is missing. */
  createsOnUpdate?: boolean;
  subresources?: Subresource[];
  nameRule?: 'subdomain' | 'label' | 'service' | 'path';
  columns: Column[];
  /** What field selectors can name in addition to metadata.name and metadata.namespace. */
  fields?(object: KubeObject): Record<string, string>;
  /** Fills what the API server itself fills; the object may be changed. */
  defaults?(object: KubeObject): void;
  /** Sets what a client may not choose at creation; the object may be changed. */
  prepareCreate?(object: KubeObject): void;
  /** Restores what a client may not change; the object may be changed. */
  prepareUpdate?(object: KubeObject, old: KubeObject): void;
  validate?(object: KubeObject, old: KubeObject | undefined): Cause[];
}

/** The key under which the store keeps a resource: `apps/deployments`, `pods`. */
export function resourceKey(resource: {
  group: string;
  plural: string;
}): string {
  return resource.group
    ? `${resource.group}/${resource.plural}`
    : resource.plural;
}

export function apiVersionOf(resource: {
  group: string;
  version: string;
}): string {
  return resource.group
    ? `${resource.group}/${resource.version}`
    : resource.version;
}

export const STANDARD_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
