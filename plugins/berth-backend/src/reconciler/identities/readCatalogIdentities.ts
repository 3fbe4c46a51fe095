import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { isUser, readIdentity } from '../profiles/identity';
import { IdentityAnnotations } from '../profiles/types';
import { CatalogIdentity } from './types';

const BATCH = 100;

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.annotations',
];

export type IdentityCatalog = Pick<
  CatalogService,
  'getEntities' | 'getEntitiesByRefs'
>;

/** Reads the IDs of owners from the annotations of their entities. */
export async function readCatalogIdentities(
  catalog: IdentityCatalog,
  owners: string[],
  names: IdentityAnnotations,
  credentials: BackstageCredentials,
): Promise<Map<string, CatalogIdentity>> {
  const found = new Map<string, CatalogIdentity>();
  for (let start = 0; start < owners.length; start += BATCH) {
    const entityRefs = owners.slice(start, start + BATCH);
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs, fields: FIELDS },
      { credentials },
    );
    entityRefs.forEach((owner, index) =>
      found.set(owner, identityIn(items[index], owner, names)),
    );
  }
  return found;
}

/**
 * Returns the user IDs that more than one person of the catalog has.
 *
 * @param ids - the IDs to look for
 */
export async function sharedUserIds(
  catalog: IdentityCatalog,
  ids: number[],
  annotation: string,
  credentials: BackstageCredentials,
): Promise<Set<number>> {
  const owners = new Map<string, number>();
  for (let start = 0; start < ids.length; start += BATCH) {
    const { items } = await catalog.getEntities(
      {
        filter: {
          kind: 'User',
          [`metadata.annotations.${annotation}`]: ids
            .slice(start, start + BATCH)
            .map(String),
        },
        fields: FIELDS,
      },
      { credentials },
    );
    for (const { metadata } of items) {
      const text = metadata.annotations?.[annotation] ?? '';
      owners.set(text, (owners.get(text) ?? 0) + 1);
    }
  }
  return new Set(ids.filter(id => (owners.get(String(id)) ?? 0) > 1));
}

function identityIn(
  entity: Entity | undefined,
  owner: string,
  names: IdentityAnnotations,
): CatalogIdentity {
  const kind = isUser(owner) ? 'User' : 'Group';
  const { uid, annotations = {} } = entity?.metadata ?? {};
  if (
    entity?.kind !== kind ||
    uid === undefined ||
    stringifyEntityRef(entity) !== owner
  ) {
    return { problem: `${owner} is no ${kind} of the catalog`, gone: true };
  }
  const values = readIdentity(owner, annotations, names);
  return 'problem' in values ? values : { entityUid: uid, values };
}
