import { RESOURCES } from '../resources';
import { apiVersionOf, resourceKey } from '../resources/ResourceDefinition';
import { Store } from '../storage/Store';
import { copy, KubeObject } from '../types';
import { stampNewMetadata } from './metadata';
import { inOrder } from './shape';

const DEFINITIONS = new Map(
  RESOURCES.map(definition => [
    `${apiVersionOf(definition)}/${definition.kind}`,
    definition,
  ]),
);

/**
 * Puts an object into the store without checks, in a tenth of the time of a create.
 *
 * @throws Error if the sandbox does not have the kind
 */
export function seedObject(store: Store, given: KubeObject): KubeObject {
  const definition = DEFINITIONS.get(`${given.apiVersion}/${given.kind}`);
  if (!definition) {
    throw new Error(
      `The sandbox keeps no ${given.kind} of ${given.apiVersion}`,
    );
  }
  const object = copy(given);
  stampNewMetadata(object);
  definition.defaults?.(object);
  definition.prepareCreate?.(object);
  if (definition.hasStatus) {
    object.status ??= {};
  }
  if (definition.hasGeneration) {
    object.metadata.generation = 1;
  }
  return store.put(resourceKey(definition), inOrder(object));
}
