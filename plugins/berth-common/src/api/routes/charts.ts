import {
  chartFileSchema,
  chartPresetListSchema,
  chartPresetQuerySchema,
  chartPageSchema,
  chartQuerySchema,
  chartRepositoryListSchema,
  chartRepositorySchema,
  chartVersionPageSchema,
  chartVersionQuerySchema,
  chartViewSchema,
  createChartRepositoryRequestSchema,
  updateChartRepositoryRequestSchema,
} from '../charts';
import type { ApiRoute } from './ApiRoute';
import { ADMIN, PERSON } from './common';
import { routesOf } from './routesOf';

const charts = routesOf('Charts');

const CHART = '/helm/charts/{repository}/{chart}';

const reads = {
  caller: PERSON,
  permission: 'berth.chart.read',
};
const manages = {
  caller: ADMIN,
  permission: 'berth.chartRepository.manage',
};
const ofChart = { ...reads, errors: [404] };
const ofFile = {
  ...reads,
  answer: chartFileSchema,
  errors: [404, 502],
};

/** The routes of charts and chart repositories. */
export const CHART_ROUTES: readonly ApiRoute[] = [
  charts('get /helm/charts', 'List the charts of all repositories', {
    ...reads,
    description: 'By name. The portal asks no repository for this.',
    query: chartQuerySchema,
    answer: chartPageSchema,
  }),
  charts(`get ${CHART}`, 'Read a chart', {
    ...ofChart,
    answer: chartViewSchema,
  }),
  charts(`get ${CHART}/versions`, 'List the versions of a chart', {
    ...ofChart,
    description: 'The latest is the first, in the order of semantic versions.',
    query: chartVersionQuerySchema,
    answer: chartVersionPageSchema,
  }),
  charts(`get ${CHART}/{version}/readme`, 'Read the README of a chart', {
    ...ofFile,
    description: 'Markdown that nobody has checked.',
  }),
  charts(`get ${CHART}/{version}/values`, 'Read the values.yaml of a chart', {
    ...ofFile,
  }),
  charts(
    `get ${CHART}/{version}/schema`,
    'Read the values.schema.json of a chart',
    ofFile,
  ),
  charts(
    `get ${CHART}/{version}/presets`,
    'List the presets of values for a version of a chart',
    {
      ...ofChart,
      description:
        'Those of `berth.helm.valuePresets` that fit the chart, the version and the cluster. The portal does not check whether the version exists.',
      query: chartPresetQuerySchema,
      answer: chartPresetListSchema,
    },
  ),
  charts('get /helm/repositories', 'List the chart repositories', {
    ...reads,
    answer: chartRepositoryListSchema,
  }),
  charts('post /helm/repositories', 'Add a chart repository', {
    ...manages,
    description:
      'The portal reads the repository with the next refresh. The address is not called before.',
    body: createChartRepositoryRequestSchema,
    answer: chartRepositorySchema,
    status: 201,
    errors: [409],
  }),
  charts('patch /helm/repositories/{name}', 'Change a chart repository', {
    ...manages,
    description:
      'A conflict if the repository is in the configuration of the portal. With another address, the charts are gone until the next refresh.',
    body: updateChartRepositoryRequestSchema,
    answer: chartRepositorySchema,
    errors: [404, 409],
  }),
  charts(
    'delete /helm/repositories/{name}',
    'Remove a chart repository with its charts',
    {
      ...manages,
      description:
        'Releases stay. A conflict if the repository is in the configuration of the portal.',
      status: 204,
      errors: [404, 409],
    },
  ),
  charts(
    'post /helm/repositories/{name}/refresh',
    'Ask a chart repository for changes now',
    {
      description:
        'The answer is a 200 also if the repository cannot be read; `problem` then has the reason.',
      ...manages,
      answer: chartRepositorySchema,
      errors: [404],
    },
  ),
];
