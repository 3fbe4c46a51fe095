import { Cause } from '../status';
import { KubeObject } from '../types';

/** A column of `kubectl get`. */
export interface Column {
  name: string;
  type: 'string' | 'integer';
  format?: 'name';
  description?: string;
  /** 0 for columns that are always shown, 1 for columns of `-o wide`. */
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

/** A kind of object that the API server stores, and its special behaviour. */
export interface ResourceDefinition {
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  shortNames?: string[];
  categories?: string[];
  /** The verbs of the resource; all if absent. */
  verbs?: string[];
  hasStatus?: boolean;
  hasScale?: boolean;
  /** Whether `metadata.generation` counts changes of the spec. */
  hasGeneration?: boolean;
  /** Whether a deletion is answered with the object rather than with a Status. */
  returnsDeleted?: boolean;
  /** Whether PUT creates a missing object. */
  createsOnUpdate?: boolean;
  subresources?: Subresource[];
  nameRule?: 'subdomain' | 'label' | 'service' | 'path';
  columns: Column[];
  /** Returns the fields for selectors in addition to metadata.name and metadata.namespace. */
  fields?(object: KubeObject): Record<string, string>;
  /** Sets the API server's defaults; may change the object. */
  defaults?(object: KubeObject): void;
  /** Sets fields that a client cannot choose at creation; may change the object. */
  prepareCreate?(object: KubeObject): void;
  /** Restores fields that a client cannot change; may change the object. */
  prepareUpdate?(object: KubeObject, old: KubeObject): void;
  validate?(object: KubeObject, old: KubeObject | undefined): Cause[];
}

/** Returns the store's key for a resource: `apps/deployments`, `pods`. */
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
