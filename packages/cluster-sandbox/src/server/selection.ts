import { ResourceDefinition } from '../resources/ResourceDefinition';
import { badRequest } from '../status';
import { parseFieldSelector, parseLabelSelector } from '../storage/selectors';
import { KubeObject } from '../types';

export interface Selection {
  matches(object: KubeObject): boolean;
  /** Whether the selection excludes any object. */
  selective: boolean;
}

/** Reads the label and field selectors of a request. */
export function readSelection(
  definition: ResourceDefinition,
  query: URLSearchParams,
): Selection {
  const labelSelector = query.get('labelSelector') ?? '';
  const labels = parseLabelSelector(labelSelector);
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '');
  const known = fieldsOf(definition, {
    apiVersion: '',
    kind: '',
    metadata: { name: '' },
  });
  for (const { field } of fields) {
    if (!(field in known)) {
      throw badRequest(`field label not supported: ${field}`);
    }
  }
  return {
    selective: labelSelector.trim() !== '' || fields.length > 0,
    matches(object) {
      if (!labels(object.metadata.labels)) {
        return false;
      }
      if (fields.length === 0) {
        return true;
      }
      const values = fieldsOf(definition, object);
      return fields.every(
        ({ field, value, negated }) => (values[field] === value) !== negated,
      );
    },
  };
}

function fieldsOf(
  definition: ResourceDefinition,
  object: KubeObject,
): Record<string, string> {
  return {
    'metadata.name': object.metadata.name,
    ...(definition.namespaced && {
      'metadata.namespace': object.metadata.namespace ?? '',
    }),
    ...definition.fields?.(object),
  };
}
