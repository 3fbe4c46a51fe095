import { AuditorService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  berthChartReadPermission,
  berthChartRepositoryManagePermission,
  chartName,
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
import { ChartFiles } from './ChartFiles';
import { RepositoryRefresher } from './RepositoryRefresher';
import { ChartStore, RepositorySettings } from './types';

const CHART = '/helm/charts/:repository/:chart';

const chartPathSchema = z.strictObject({
  repository: chartRepositoryName,
  chart: chartName,
});
const versionPathSchema = chartPathSchema.extend({ version: chartVersion });
const repositoryPathSchema = z.strictObject({ name: chartRepositoryName });

export interface ChartsRouterOptions {
  access: Pick<ClusterAccess, 'admin' | 'caller'>;
  auditor: AuditorService;
  authorizer: Pick<Authorizer, 'require'>;
  files: ChartFiles;
  refresher: RepositoryRefresher;
  repositories: RepositorySettings[];
  store: ChartStore;
}

/** Serves charts and the repositories that they come from. */
export function createChartsRouter(options: ChartsRouterOptions): Router {
  const { access, auditor, authorizer, files, refresher, store } = options;
  const repositories = new Map(
    options.repositories.map(repository => [repository.name, repository]),
  );
  const router = PromiseRouter();

  const assertReader = async (request: Request) => {
    const { credentials } = await access.caller(request);
    await authorizer.require(credentials, berthChartReadPermission);
  };
  const settingsOf = (name: string): RepositorySettings => {
    const found = repositories.get(name);
    if (!found) {
      throw new NotFoundError(
        `There is no chart repository ${quoteUntrusted(name)}`,
      );
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
      const repository = settingsOf(address.repository);
      response.json(await files.file({ ...address, repository }, name));
    });
  }

  router.get('/helm/repositories', async (request, response) => {
    await assertReader(request);
    const items = await store.repositories();
    const body: List<ChartRepository> = { items, totalItems: items.length };
    response.json(body);
  });

  router.post('/helm/repositories/:name/refresh', async (request, response) => {
    const { name } = parseBody(repositoryPathSchema, request.params);
    const body = await audited(
      auditor,
      {
        eventId: 'chart-repository-refresh',
        severityLevel: 'low',
        request,
        meta: { repository: name },
      },
      async () => {
        await access.admin(request, berthChartRepositoryManagePermission);
        await refresher.refresh(settingsOf(name));
        const result = (await store.repository(name))!;
        return { result, meta: { state: result.state } };
      },
    );
    response.json(body);
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
