import { groupVersionOf } from '../../resources/objects/json';
import { PlacedObject } from '../preflight/neededRights';
import { AllowedObject, ANY_RESOURCE, ShownWork } from '../runner/types';
import { Plan } from './PreviewDraft';

/** Returns what an operation writes outside the namespace of the release, each once and in a stable order. */
export function outsideOf(
  namespace: string,
  written: PlacedObject[],
): AllowedObject[] {
  return distinct(
    written.flatMap(({ placed }) =>
      placed.plural !== undefined && placed.namespace !== namespace
        ? [
            {
              group: groupVersionOf(placed.apiVersion).group,
              resource: placed.plural,
              ...(placed.namespace !== undefined && {
                namespace: placed.namespace,
              }),
              name: placed.name,
            },
          ]
        : [],
    ),
  );
}

/** Returns to what an operation is held in the namespace of the release. */
export function shownWork(
  namespace: string,
  { written, rendered, changing = [], lookups }: Plan,
): ShownWork {
  const inside = written.filter(
    ({ placed, wanted }) =>
      wanted.problem === undefined &&
      (placed.namespace ?? wanted.namespace ?? namespace) === namespace &&
      // Of a known kind, only those of the whole cluster have no namespace.
      (placed.plural === undefined || placed.namespace !== undefined),
  );
  return {
    objects: distinct(
      inside.map(({ placed: { apiVersion, plural, name } }) => ({
        group: groupVersionOf(apiVersion).group,
        // The chart may bring the kind.
        resource: plural ?? ANY_RESOURCE,
        ...{ namespace, name },
      })),
    ),
    isWhole: written.every(({ wanted }) => wanted.problem === undefined),
    ...(rendered && { rendered }),
    ...(changing.length > 0 && { changing }),
    ...(lookups && {
      secrets: [...lookups].sort((a, b) =>
        JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
      ),
    }),
  };
}

function distinct(objects: AllowedObject[]): AllowedObject[] {
  const found = new Map(objects.map(one => [JSON.stringify(one), one]));
  return [...found.keys()].sort().map(key => found.get(key)!);
}
