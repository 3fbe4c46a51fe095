import {
  apiVersionOf,
  ResourceDefinition,
} from '../resources/ResourceDefinition';
import { JsonObject, KubeObject } from '../types';

/**
 * Returns the server-side table that `kubectl get` prints.
 *
 * @param includeObject - the part of the object in each row: `Metadata` (default), `Object` or `None`
 */
export function toTable(
  definition: ResourceDefinition,
  objects: KubeObject[],
  metadata: JsonObject,
  includeObject: string | null,
): JsonObject {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: definition.columns.map(column => ({
      name: column.name,
      type: column.type,
      format: column.format ?? '',
      description: column.description ?? '',
      priority: column.priority,
    })),
    rows: objects.map(object => ({
      cells: definition.columns.map(column => column.value(object)),
      object: rowObject(object, includeObject),
    })),
  };
}

function rowObject(
  object: KubeObject,
  includeObject: string | null,
): JsonObject | null {
  if (includeObject === 'None') {
    return null;
  }
  return includeObject === 'Object' ? object : partialMetadata(object);
}

export function partialMetadata(object: KubeObject): JsonObject {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
  };
}

/** Returns one object in the requested view. */
export function viewObject(
  definition: ResourceDefinition,
  object: KubeObject,
  view: string | undefined,
  includeObject: string | null,
): JsonObject {
  if (view === 'Table') {
    const { resourceVersion } = object.metadata;
    return toTable(definition, [object], { resourceVersion }, includeObject);
  }
  return view === 'PartialObjectMetadata' ? partialMetadata(object) : object;
}

/** Returns a list in the requested view. Like the API server's, items of a plain list have no kind. */
export function viewList(
  definition: ResourceDefinition,
  items: KubeObject[],
  metadata: JsonObject,
  view: string | undefined,
  includeObject: string | null,
): JsonObject {
  if (view === 'Table') {
    return toTable(definition, items, metadata, includeObject);
  }
  if (view === 'PartialObjectMetadataList') {
    return {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
      items: items.map(partialMetadata),
    };
  }
  return {
    kind: `${definition.kind}List`,
    apiVersion: apiVersionOf(definition),
    metadata,
    items: items.map(({ kind: _kind, apiVersion: _version, ...rest }) => rest),
  };
}
