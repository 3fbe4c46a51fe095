import { IdentifiedOption, useAsyncList } from '@backstage/ui';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';

/** The kinds that can be picked. */
export type PickedKind = 'group' | 'system' | 'user';

const LIMIT = 20;

/** Searches the entities of a kind in the catalog while a person types. */
export function useEntitySearch(kind: PickedKind) {
  const catalogApi = useApi(catalogApiRef);
  return useAsyncList<IdentifiedOption>({
    async load({ filterText }) {
      const { items } = await catalogApi.queryEntities({
        filter: { kind },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.title',
          'spec.profile.displayName',
        ],
        orderFields: { field: 'metadata.name', order: 'asc' },
        limit: LIMIT,
        ...(filterText && {
          fullTextFilter: {
            term: filterText,
            fields: [
              'metadata.name',
              'metadata.title',
              'spec.profile.displayName',
            ],
          },
        }),
      });
      return { items: items.map(optionOf) };
    },
  });
}

function optionOf(entity: Entity): IdentifiedOption {
  const ref = stringifyEntityRef(entity);
  const profile = entity.spec?.profile;
  const displayName =
    typeof profile === 'object' && profile !== null && 'displayName' in profile
      ? profile.displayName
      : undefined;
  return {
    id: ref,
    label: String(displayName ?? entity.metadata.title ?? entity.metadata.name),
    description: ref,
  };
}
