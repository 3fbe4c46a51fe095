import { Fragment, useMemo } from 'react';
import { Text } from '@backstage/ui';
import {
  EntityRefLink,
  CatalogApi,
  catalogApiRef,
} from '@backstage/plugin-catalog-react';
import {
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useText } from './useText';
import { Polled, usePolled } from './query';

const SHOWN = 5;

/** Shows the members of some groups, including nested ones: the first by name, the others as a number. */
export function EffectiveMembers({ groups }: { groups: string[] }) {
  const t = useText();
  const key = [...new Set(groups)].sort().join(' ');
  const stable = useMemo(() => (key ? key.split(' ') : []), [key]);
  const { value, error } = useGroupMembers(stable);
  if (!value) {
    return error === undefined ? null : (
      <Text color="secondary">{t('memberAccess.failed')}</Text>
    );
  }
  const { users, totalItems } = value;
  if (totalItems === 0) {
    return <Text color="secondary">{t('memberAccess.none')}</Text>;
  }
  const shown = users.slice(0, SHOWN);
  const rest = totalItems - shown.length;
  const names = shown.map((user, index) => (
    <Fragment key={user}>
      {index > 0 && ', '}
      <EntityRefLink
        entityRef={user}
        defaultKind="user"
        hideIcon
        disableTooltip
      />
    </Fragment>
  ));
  return (
    <Text>
      {rest > 0
        ? t('memberAccess.members', {
            names: <>{names}</>,
            rest,
          })
        : t('memberAccess.allMembers', {
            names: <>{names}</>,
          })}
    </Text>
  );
}

/** The maximum depth of nested groups, more than an organisation has. */
const MAX_DEPTH = 10;
/** The most members that are named; the others are only counted. */
const NAMED = 20;

/** The members of some groups, directly or through nested groups. */
export interface GroupMembers {
  /** Entity refs of the first members. */
  users: string[];
  totalItems: number;
}

/**
 * Loads the effective members of some groups, as far as the reader can see them in the catalog.
 *
 * @param groups - entity refs; must be stable between renders
 */
export function useGroupMembers(groups: string[]): Polled<GroupMembers> {
  const catalogApi = useApi(catalogApiRef);
  return usePolled({
    key: ['groupMembers', groups],
    load: () => membersOf(catalogApi, groups),
  });
}

async function membersOf(
  catalogApi: CatalogApi,
  groups: string[],
): Promise<GroupMembers> {
  if (groups.length === 0) {
    return { users: [], totalItems: 0 };
  }
  const { items, totalItems } = await catalogApi.queryEntities({
    filter: {
      kind: 'user',
      [`relations.${RELATION_MEMBER_OF}`]: await withNested(catalogApi, groups),
    },
    fields: ['kind', 'metadata.name', 'metadata.namespace'],
    orderFields: { field: 'metadata.name', order: 'asc' },
    limit: NAMED,
  });
  return { users: items.map(item => stringifyEntityRef(item)), totalItems };
}

/** Returns the groups and all groups below them. */
async function withNested(
  catalogApi: CatalogApi,
  groups: string[],
): Promise<string[]> {
  const found = new Set(groups);
  let level = groups;
  for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth++) {
    const { items } = await catalogApi.getEntities({
      filter: { kind: 'group', [`relations.${RELATION_CHILD_OF}`]: level },
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
    });
    level = items
      .map(item => stringifyEntityRef(item))
      .filter(ref => !found.has(ref));
    level.forEach(ref => found.add(ref));
  }
  return [...found];
}
