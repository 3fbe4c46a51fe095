import * as z from 'zod';
import { dryRunQuerySchema } from '../fields';
import { countedPageOf } from '../paging';
import {
  accessRequestSchema,
  createRequestRequestSchema,
  requestDecisionSchema,
  requestQuerySchema,
  requestSpecSchema,
  requestVerdictSchema,
} from '../requests';
import type { ApiRoute } from './ApiRoute';
import { PERSON } from './common';
import { routesOf } from './routesOf';

const requests = routesOf('Requests');

const decided = { answer: accessRequestSchema, errors: [404, 409] };

/** The routes of requests. */
export const REQUEST_ROUTES: readonly ApiRoute[] = [
  requests('get /requests', 'List requests, the latest first', {
    caller: PERSON,
    query: requestQuerySchema,
    answer: countedPageOf(accessRequestSchema),
  }),
  requests('post /requests', 'Create a request', {
    description:
      'With `dryRun=true` the answer is a 200 with a `RequestVerdict`. With an `idempotencyKey` that was used before for the same spec, the answer is a 200 with the existing request.',
    caller: PERSON,
    permission: 'berth.request.create',
    query: dryRunQuerySchema,
    body: createRequestRequestSchema,
    status: 201,
    answer: z.union([accessRequestSchema, requestVerdictSchema]),
    errors: [404, 409],
  }),
  requests('get /requests/{id}', 'Read a request', {
    caller: 'The requester, approvers, admins and auditors',
    ...decided,
    errors: [404],
  }),
  requests('put /requests/{id}', 'Change a draft', {
    caller: 'The requester',
    body: requestSpecSchema,
    ...decided,
  }),
  requests('post /requests/{id}/submit', 'Submit a draft', {
    caller: 'The requester',
    ...decided,
  }),
  requests('post /requests/{id}/withdraw', 'Withdraw a request', {
    caller: 'The requester',
    ...decided,
  }),
  requests('post /requests/{id}/decision', 'Approve or deny a request', {
    caller: 'Approvers, who are never the requester',
    permission: 'berth.request.decide',
    body: requestDecisionSchema,
    ...decided,
  }),
  requests('post /requests/{id}/retry', 'Try a failed request again', {
    description: 'Five times within a day.',
    caller: 'The requester and approvers',
    ...decided,
  }),
];
