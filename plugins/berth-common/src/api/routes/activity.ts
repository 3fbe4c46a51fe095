import { activityEntrySchema, activityFileQuerySchema } from '../activity';
import { pageOf } from '../paging';
import type { ApiRoute } from './ApiRoute';
import { CLUSTER, PERSON, VIEWER } from './common';
import { routesOf } from './routesOf';

const activity = routesOf('Activity');

/** The routes of the activity log. */
export const ACTIVITY_ROUTES: readonly ApiRoute[] = [
  activity('get /activity', 'List who did what, the latest first', {
    description:
      'Admins and auditors see everything; everyone else sees their own actions and those that concern their groups. As CSV or JSON lines, all entries of the filter are streamed as a file.',
    caller: PERSON,
    permission: 'berth.activity.read',
    query: activityFileQuerySchema,
    answer: pageOf(activityEntrySchema),
    otherTypes: ['text/csv', 'application/jsonl'],
  }),
  activity(`get ${CLUSTER}/activity`, 'List who did what on a cluster', {
    description: 'As `GET /activity`, without former clusters of the name.',
    caller: VIEWER,
    permission: 'berth.activity.read',
    query: activityFileQuerySchema,
    answer: pageOf(activityEntrySchema),
    otherTypes: ['text/csv', 'application/jsonl'],
    errors: [404],
  }),
];
