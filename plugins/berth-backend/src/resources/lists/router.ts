import {
  apiGroup,
  ResourceFailure,
  ResourceListLine,
  resourceListQuerySchema,
  resourcePlural,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import * as z from 'zod';
import { Caller } from '../../access/Callers';
import { Entry } from '../../access/ClusterEntries';
import { parseBody } from '../../validation/parseBody';
import { heldNamespaces } from '../heldNamespaces';
import { planNamespaces } from '../planNamespaces';
import { streamClusters } from '../streamClusters';
import { ResourceParts } from '../types';
import { ClusterList, ListScope } from './ClusterList';
import {
  CursorBinding,
  ListPosition,
  readListCursor,
  writeListCursor,
} from './listCursor';

const MAX_ROWS = 5_000;

const kindSchema = z.strictObject({ group: apiGroup, plural: resourcePlural });

type Query = z.output<typeof resourceListQuerySchema>;

/** What to list on one cluster. */
interface Plan {
  entry: Entry;
  scope: ListScope;
  /** Namespaces that the person asks for and does not hold. */
  failures: ResourceFailure[];
}

/** Serves the lists of objects over all clusters and namespaces. */
export function createListsRouter(
  parts: Pick<
    ResourceParts,
    'access' | 'clients' | 'entries' | 'kinds' | 'namespaceAccess' | 'streams'
  >,
): Router {
  const { access, clients, entries, kinds, streams } = parts;
  const router = PromiseRouter();

  router.get('/resources/:group/:plural', async (request, response) => {
    const kind = parseBody(kindSchema, request.params);
    const query = parseBody(resourceListQuerySchema, request.query);
    const caller = await access.caller(request);
    const { userRef } = caller.person;
    const cursor =
      query.cursor === undefined ? undefined : readListCursor(query.cursor);
    const names = cursor ? [cursor.cluster] : query.cluster;
    const [{ entered, refused }, held] = await Promise.all([
      entries.enterAll(caller, names),
      heldNamespaces(parts.namespaceAccess, caller, names),
    ]);
    const plans = entered.map(entry => {
      const { id, name } = entry.cluster;
      const binding: CursorBinding = {
        userRef,
        clusterId: id,
        ...kind,
        labelSelector: query.labelSelector,
        namespaces: query.namespace,
      };
      const position = cursor?.positionIn(binding);
      return {
        ...planOf(entry, {
          caller,
          query,
          held: held.get(name) ?? [],
          position,
        }),
        binding,
        begin: position,
      };
    });

    await streamClusters<ResourceListLine, (typeof plans)[number]>(response, {
      parts: plans,
      refused,
      streams,
      userRef,
      startOf,
      failuresOf: ({ failures }) => failures,
      list: ({ entry, scope, binding, begin }, { signal, write }) =>
        new ClusterList({
          client: clients.forPerson(entry.cluster, entry.token),
          entry,
          findKind: deadline =>
            kinds.find({ userRef, entry }, kind.group, kind.plural, deadline),
          labelSelector: query.labelSelector,
          limit: query.limit ?? MAX_ROWS,
          position: begin,
          scope,
          signal,
          write,
          writeCursor: place =>
            writeListCursor(entry.cluster.name, binding, place),
        }).run(),
    });
  });

  return router;
}

function planOf(
  entry: Entry,
  options: {
    caller: Caller;
    query: Query;
    held: string[];
    position?: ListPosition;
  },
): Plan {
  const { caller, query, held, position } = options;
  const { namespaces, isOpen, failures } = planNamespaces(entry.cluster.name, {
    query,
    admin: caller.person.admin,
    held,
  });
  return {
    entry,
    scope: namespaces
      ? { type: 'namespaces', parts: partsFrom(position, namespaces, isOpen) }
      : { type: 'cluster', fallback: async () => held },
    failures: position ? [] : failures,
  };
}

function partsFrom(
  position: ListPosition | undefined,
  namespaces: string[],
  open: (namespace: string) => boolean,
) {
  if (!position || !('parts' in position)) {
    return namespaces.map(namespace => ({ namespace }));
  }
  const { from, parts } = position;
  return [
    ...parts.filter(({ namespace }) => open(namespace)),
    ...namespaces
      .filter(namespace => from !== undefined && namespace >= from)
      .map(namespace => ({ namespace })),
  ];
}

function startOf({ entry, scope }: Pick<Plan, 'entry' | 'scope'>) {
  return {
    name: entry.cluster.name,
    ...(scope.type === 'namespaces' && {
      namespaces: scope.parts.map(({ namespace }) => namespace),
    }),
  };
}
