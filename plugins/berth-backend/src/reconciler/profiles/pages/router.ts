import {
  berthClusterSharePermission,
  previewProfileRequestSchema,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import {
  ClusterAccess,
  assertReadsEverything,
} from '../../../access/ClusterAccess';
import { ClusterEntries } from '../../../access/ClusterEntries';
import { readsEverything } from '../../../access/readsEverything';
import { KubeClientFactory } from '../../../kube';
import { parseBody } from '../../../validation/parseBody';
import { parseProfiles } from '../readProfiles';
import { Profile } from '../types';
import { ClusterProfiles } from './ClusterProfiles';
import { ProfilePreviewer } from './ProfilePreviewer';
import { profileSummaries } from './profileSummaries';

export interface ProfileRouterOptions {
  access: ClusterAccess;
  clients: KubeClientFactory;
  clusterProfiles: ClusterProfiles;
  entries: Pick<ClusterEntries, 'enter'>;
  previewer: ProfilePreviewer;
  profiles: readonly Profile[];
  /** The names of `berth.pullSecrets`. */
  pullSecrets: readonly string[];
  /** The profiles as the configuration has them. */
  written: unknown;
}

/** `/profiles` and `/clusters/{name}/profile`. */
export function createProfileRouter({
  access,
  clients,
  clusterProfiles,
  entries,
  previewer,
  profiles,
  pullSecrets,
  written,
}: ProfileRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/profiles', async (request, response) => {
    const caller = await access.caller(request);
    assertReadsEverything(caller.person);
    const clusters = await access.list(caller);
    const items = profileSummaries(
      profiles,
      written as Record<string, unknown>[],
      clusters.map(({ cluster }) => cluster),
    );
    response.json({ items, totalItems: items.length });
  });

  router.get('/clusters/:name/profile', async (request, response) => {
    const caller = await access.caller(request);
    const { cluster } = await access.get(caller, request.params.name);
    response.json(
      readsEverything(caller.person)
        ? await clusterProfiles.read(cluster)
        : await clusterProfiles.readForMembers(cluster),
    );
  });

  router.post('/clusters/:name/profile/preview', async (request, response) => {
    const caller = await access.caller(request);
    const { cluster } = await access.administer(
      caller,
      request.params.name,
      berthClusterSharePermission,
    );
    const body = parseBody(previewProfileRequestSchema, request.body);
    response.json(
      await previewer.preview(
        cluster,
        body.profiles === undefined
          ? profiles
          : parseProfiles(body.profiles, pullSecrets),
        async () => {
          const { token } = await entries.enter(caller, cluster.name, 'read');
          return clients.create(cluster, async () => token);
        },
      ),
    );
  });

  return router;
}
