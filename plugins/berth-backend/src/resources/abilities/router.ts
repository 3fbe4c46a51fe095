import { NotAllowedError } from '@backstage/errors';
import {
  Abilities,
  abilitiesQuerySchema,
  berthProxyWritePermission,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { routeErrorOf } from '../../access/clusterCallErrors';
import { Caller } from '../../access/Callers';
import { withoutAudit } from '../../access/readsEverything';
import { parseBody } from '../../validation/parseBody';
import { ResourceParts } from '../types';
import { AbilityReader } from './AbilityReader';

/** Serves what the caller may do on a cluster. */
export function createAbilitiesRouter({
  access,
  clients,
  entries,
}: Pick<ResourceParts, 'access' | 'clients' | 'entries'>): Router {
  const abilities = new AbilityReader({ clients });
  const router = PromiseRouter();

  router.get('/clusters/:cluster/abilities', async (request, response) => {
    const { cluster } = request.params;
    const { namespace } = parseBody(abilitiesQuerySchema, request.query);
    const caller = await access.caller(request);
    const entry = await entries.enter(caller, cluster, 'read');
    try {
      const [rules, canWrite] = await Promise.all([
        abilities.read(caller.person.userRef, entry, namespace),
        mayWrite(caller, cluster),
      ]);
      const answer: Abilities = { ...rules, canWrite };
      response.json(answer);
    } catch (error) {
      throw routeErrorOf(error, cluster);
    }
  });

  async function mayWrite(caller: Caller, cluster: string): Promise<boolean> {
    try {
      await access.get(
        withoutAudit(caller),
        cluster,
        berthProxyWritePermission,
      );
      return true;
    } catch (error) {
      if (error instanceof NotAllowedError) {
        return false;
      }
      throw error;
    }
  }

  return router;
}
