import {
  chartFileSchema,
  chartPageSchema,
  chartQuerySchema,
  chartRepositoryListSchema,
  chartRepositorySchema,
  chartVersionPageSchema,
  chartVersionQuerySchema,
  chartViewSchema,
} from './charts';
import type { ApiRoute } from './routes';
import { routesOf } from './routesOf';

const charts = routesOf('Charts');

const CHART = '/helm/charts/{repository}/{chart}';

const reads = {
  caller: 'Everyone who is signed in',
  permission: 'berth.chart.read',
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
  charts('get /helm/repositories', 'List the chart repositories', {
    ...reads,
    answer: chartRepositoryListSchema,
  }),
  charts(
    'post /helm/repositories/{name}/refresh',
    'Ask a chart repository for changes now',
    {
      description:
        'The answer is a 200 also if the repository cannot be read; `problem` then has the reason.',
      caller: 'Admins',
      permission: 'berth.chartRepository.manage',
      answer: chartRepositorySchema,
      errors: [404],
    },
  ),
];
