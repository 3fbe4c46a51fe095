import { AuditorService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  berthChartReadPermission,
  berthChartRepositoryManagePermission,
  chartName,
  ChartPreset,
  chartPresetQuerySchema,
  chartQuerySchema,
  ChartRepository,
  chartRepositoryName,
  chartVersion,
  chartVersionQuerySchema,
  List,
} from '@berth/plugin-berth-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import * as z from 'zod';
import { ClusterAccess } from '../../access/ClusterAccess';
import { Authorizer } from '../../access/permissions/Authorizer';
import { audited } from '../../audit/audited';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { pagingOf } from '../../validation/pageCursor';
import { parseBody } from '../../validation/parseBody';
import { presetsFor, ValuePreset } from '../values/presets';
import { ChartFiles } from './ChartFiles';
import { RepositoryBook, unknownRepository } from './RepositoryBook';
import { RepositoryRefresher } from './RepositoryRefresher';
import {
  createRepositorySchema,
  parseRepository,
  updateRepositorySchema,
} from './repositoryRequests';
import { ChartStore } from './types';

const CHART = '/helm/charts/:repository/:chart';

const chartPathSchema = z.strictObject({
  repository: chartRepositoryName,
  chart: chartName,
});
const versionPathSchema = chartPathSchema.extend({ version: chartVersion });
const repositoryPathSchema = z.strictObject({ name: chartRepositoryName });

export interface ChartsRouterOptions {
  access: Pick<ClusterAccess, 'admin' | 'caller' | 'get'>;
  auditor: AuditorService;
  authorizer: Pick<Authorizer, 'require'>;
  files: ChartFiles;
  httpOnLoopback: boolean;
  presets: readonly ValuePreset[];
  refresher: RepositoryRefresher;
  repositories: RepositoryBook;
  store: ChartStore;
}

/** Serves charts and the repositories that they come from. */
export function createChartsRouter(options: ChartsRouterOptions): Router {
  const { access, auditor, authorizer, files, httpOnLoopback } = options;
  const { presets, refresher, repositories, store } = options;
  const router = PromiseRouter();

  const assertReader = async (request: Request) => {
    const caller = await access.caller(request);
    await authorizer.require(caller.credentials, berthChartReadPermission);
    return caller;
  };
  /** Runs an action of platform admins on a repository, audited. It returns the name, and details for the audit log. */
  const managed = (
    event: 'create' | 'update' | 'delete' | 'refresh',
    request: Request,
    action: () => Promise<{ repository: string } & JsonObject>,
  ) =>
    audited(
      auditor,
      {
        eventId: `chart-repository-${event}`,
        severityLevel: event === 'refresh' ? 'low' : 'medium',
        request,
      },
      async () => {
        await access.admin(request, berthChartRepositoryManagePermission);
        const meta = await action();
        return { result: meta.repository, meta };
      },
    );
  const presentRepository = async (name: string): Promise<ChartRepository> => {
    const found = await store.repository(name);
    if (!found) {
      throw unknownRepository(name);
    }
    return found;
  };

  router.get('/helm/charts', async (request, response) => {
    await assertReader(request);
    const { filter, page, present } = pagingOf(
      'charts',
      parseBody(chartQuerySchema, request.query),
    );
    const found = await store.list(filter, page);
    response.json(present(found, found.items));
  });

  router.get(CHART, async (request, response) => {
    await assertReader(request);
    const { repository, chart } = parseBody(chartPathSchema, request.params);
    response.json(await chartOf(store, repository, chart));
  });

  router.get(`${CHART}/versions`, async (request, response) => {
    await assertReader(request);
    const { repository, chart } = parseBody(chartPathSchema, request.params);
    const { page, present } = pagingOf(
      `charts/${repository}/${chart}`,
      parseBody(chartVersionQuerySchema, request.query),
    );
    await chartOf(store, repository, chart);
    const found = await store.versions(repository, chart, page);
    response.json(present(found, found.items));
  });

  for (const name of ['readme', 'values', 'schema'] as const) {
    router.get(`${CHART}/:version/${name}`, async (request, response) => {
      await assertReader(request);
      const address = parseBody(versionPathSchema, request.params);
      const repository = await repositories.get(address.repository);
      const left = new AbortController();
      const leave = () => left.abort(new Error('The caller is gone'));
      response.once('close', leave);
      try {
        response.json(
          await files.file({ ...address, repository }, name, left.signal),
        );
      } finally {
        response.off('close', leave);
      }
    });
  }

  router.get(`${CHART}/:version/presets`, async (request, response) => {
    const caller = await assertReader(request);
    const address = parseBody(versionPathSchema, request.params);
    const { cluster } = parseBody(chartPresetQuerySchema, request.query);
    const found =
      cluster === undefined ? undefined : await access.get(caller, cluster);
    const items = presetsFor(presets, address, found?.cluster);
    const body: List<ChartPreset> = { items, totalItems: items.length };
    response.json(body);
  });

  router.get('/helm/repositories', async (request, response) => {
    await assertReader(request);
    const items = await store.repositories();
    const body: List<ChartRepository> = { items, totalItems: items.length };
    response.json(body);
  });

  router.post('/helm/repositories', async (request, response) => {
    const name = await managed('create', request, async () => {
      const settings = parseRepository(
        parseBody(createRepositorySchema, request.body),
        httpOnLoopback,
      );
      await repositories.add(settings);
      return {
        repository: settings.name,
        url: settings.url,
        hasCredential: settings.credential !== undefined,
      };
    });
    response.status(201).json(await presentRepository(name));
  });

  router.patch('/helm/repositories/:name', async (request, response) => {
    const name = await managed('update', request, async () => {
      const path = parseBody(repositoryPathSchema, request.params);
      const change = parseBody(updateRepositorySchema, request.body);
      const { url } = await repositories.change(path.name, change);
      return { repository: path.name, url, fields: Object.keys(change) };
    });
    response.json(await presentRepository(name));
  });

  router.delete('/helm/repositories/:name', async (request, response) => {
    await managed('delete', request, async () => {
      const { name } = parseBody(repositoryPathSchema, request.params);
      await repositories.remove(name);
      return { repository: name };
    });
    response.status(204).end();
  });

  router.post('/helm/repositories/:name/refresh', async (request, response) => {
    const refreshed = await managed('refresh', request, async () => {
      const { name } = parseBody(repositoryPathSchema, request.params);
      await refresher.refresh(await repositories.get(name));
      const { state } = await presentRepository(name);
      return { repository: name, state };
    });
    response.json(await presentRepository(refreshed));
  });

  return router;
}

async function chartOf(store: ChartStore, repository: string, name: string) {
  const chart = await store.chart(repository, name);
  if (!chart) {
    throw new NotFoundError(
      `There is no chart ${quoteUntrusted(
        name,
      )} in a repository ${quoteUntrusted(repository)}`,
    );
  }
  return chart;
}
