import {
  HelmReleaseLine,
  helmReleaseQuerySchema,
  ResourceFailure,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Entry } from '../access/ClusterEntries';
import { heldNamespaces } from '../resources/heldNamespaces';
import { planNamespaces } from '../resources/planNamespaces';
import { streamClusters } from '../resources/streamClusters';
import { parseBody } from '../validation/parseBody';
import { ReleaseList, ReleaseScope } from './releases/ReleaseList';
import { HelmParts } from './types';

/** What to list on one cluster. */
interface Plan {
  entry: Entry;
  scope: ReleaseScope;
  /** Namespaces that the person asks for and does not hold. */
  failures: ResourceFailure[];
}

/** Serves the list of releases over all clusters and namespaces. */
export function createReleaseListRouter(parts: HelmParts): Router {
  const { access, clients, entries, namespaceAccess, streams } = parts;
  const router = PromiseRouter();

  router.get('/helm/releases', async (request, response) => {
    const query = parseBody(helmReleaseQuerySchema, request.query);
    const caller = await access.caller(request);
    const { userRef, admin } = caller.person;
    const [{ entered, refused }, held] = await Promise.all([
      entries.enterAll(caller, query.cluster, 'helmRead'),
      heldNamespaces(namespaceAccess, caller, query.cluster),
    ]);
    const plans = entered.map(entry =>
      planOf(entry, query, { admin, held: held.get(entry.cluster.name) ?? [] }),
    );

    await streamClusters<HelmReleaseLine, Plan>(response, {
      parts: plans,
      refused,
      streams,
      userRef,
      startOf,
      failuresOf: ({ failures }) => failures,
      list: ({ entry, scope }, { signal, write }) =>
        new ReleaseList({
          ...parts.readerParts({
            userRef,
            entry,
            client: clients.forPerson(entry.cluster, entry.token),
          }),
          scope,
          signal,
          write,
        }).run(),
    });
  });

  return router;
}

function planOf(
  entry: Entry,
  query: { cluster?: string[]; namespace?: string[] },
  { admin, held }: { admin: boolean; held: string[] },
): Plan {
  const { namespaces, failures } = planNamespaces(entry.cluster.name, {
    query,
    admin,
    held,
  });
  return {
    entry,
    scope: namespaces
      ? { type: 'namespaces', namespaces }
      : { type: 'cluster', held },
    failures,
  };
}

function startOf({ entry, scope }: Plan) {
  return {
    name: entry.cluster.name,
    ...(scope.type === 'namespaces' && { namespaces: scope.namespaces }),
  };
}
