import {
  ResourceFailure,
  ResourceKind,
  ResourceKindList,
  resourceKindsQuerySchema,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { parseBody } from '../../validation/parseBody';
import { ResourceParts } from '../types';
import { failureOf } from '../failures';
import { ClusterKind } from './discovery';
import { mergeKinds } from './mergeKinds';

/** Serves the kinds of all clusters. */
export function createKindsRouter({
  access,
  entries,
  kinds,
}: Pick<ResourceParts, 'access' | 'entries' | 'kinds'>): Router {
  const router = PromiseRouter();

  router.get('/resources/kinds', async (request, response) => {
    const { cluster: names } = parseBody(
      resourceKindsQuerySchema,
      request.query,
    );
    const caller = await access.caller(request);
    const { userRef } = caller.person;
    const { entered, refused } = await entries.enterAll(caller, names);
    const failures: ResourceFailure[] = refused.map(({ cluster, error }) => ({
      cluster,
      ...failureOf(error, cluster),
    }));
    const found: { cluster: string; kinds: readonly ClusterKind[] }[] = [];
    await Promise.all(
      entered.map(async entry => {
        const { name } = entry.cluster;
        try {
          found.push({
            cluster: name,
            kinds: await kinds.all({ userRef, entry }),
          });
        } catch (error) {
          failures.push({ cluster: name, ...failureOf(error, name) });
        }
      }),
    );
    const items: ResourceKind[] = mergeKinds(found);
    const answer: ResourceKindList = {
      items,
      totalItems: items.length,
      failures,
    };
    response.json(answer);
  });

  return router;
}
