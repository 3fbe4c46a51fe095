import {
  accessExplanationSchema,
  accessSummarySchema,
  explainAccessQuerySchema,
  tokenResponseSchema,
} from '../access';
import type { ApiRoute } from './ApiRoute';
import { CLUSTER, PERSON, VIEWER } from './common';
import { routesOf } from './routesOf';

const access = routesOf('Access');

/** The routes of what a person may do, and of tokens. */
export const ACCESS_ROUTES: readonly ApiRoute[] = [
  access('get /access/me', 'Read who the caller is to Berth', {
    caller: PERSON,
    answer: accessSummarySchema,
  }),
  access('get /access/explain', 'Explain why a person has access or not', {
    caller: `${PERSON}; for another user, admins and auditors`,
    permission: 'berth.access.explain',
    query: explainAccessQuerySchema,
    answer: accessExplanationSchema,
    errors: [404, 429],
  }),
  access(`post ${CLUSTER}/token`, 'Create a token for a cluster', {
    description:
      'Takes no parameters: the claims of a token follow from the groups of the caller alone. The rate limit also counts `GET /access/explain`.',
    caller: VIEWER,
    permission: 'berth.token.create',
    status: 201,
    answer: tokenResponseSchema,
    errors: [404, 429],
  }),
];
