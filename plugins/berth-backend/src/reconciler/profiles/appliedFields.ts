import { FIELD_MANAGER } from '../../kube';
import { NamespaceObject } from '../types';
import { NamespaceFields } from './types';

/**
 * Returns the labels and annotations of a namespace that Berth has applied and that nobody has changed since. An apply
 * removes those that it does not name, so an apply that knows nothing of a profile names them as they are: they may
 * protect the namespace. A field that others manage, too, is not removed, and needs no name.
 */
export function appliedFields({
  metadata: { labels, annotations, managedFields = [] },
}: NamespaceObject): Required<NamespaceFields> {
  const ours = managedFields.find(
    ({ manager, operation, subresource }) =>
      manager === FIELD_MANAGER && operation === 'Apply' && !subresource,
  );
  const metadata = below(ours?.fieldsV1, 'f:metadata');
  return {
    labels: pickOwned(labels, below(metadata, 'f:labels')),
    annotations: pickOwned(annotations, below(metadata, 'f:annotations')),
  };
}

/** Returns a namespace that also names what Berth has applied to the existing one. */
export function withAppliedFields(
  wanted: NamespaceObject,
  actual: NamespaceObject,
): NamespaceObject {
  const { metadata } = wanted;
  const { labels, annotations } = appliedFields(actual);
  return {
    ...wanted,
    metadata: {
      ...metadata,
      labels: { ...labels, ...metadata.labels },
      annotations: { ...annotations, ...metadata.annotations },
    },
  };
}

function pickOwned(
  all: Record<string, string> = {},
  owned: object | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).filter(
      ([key]) => owned !== undefined && Object.hasOwn(owned, `f:${key}`),
    ),
  );
}

function below(fields: object | undefined, key: string): object | undefined {
  const found: unknown = Object.entries(fields ?? {}).find(
    ([one]) => one === key,
  )?.[1];
  return typeof found === 'object' && found !== null ? found : undefined;
}
