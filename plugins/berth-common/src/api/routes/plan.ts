import { listOf } from '../paging';
import {
  clusterPlanSchema,
  confirmPlanRequestSchema,
  confirmIdentityRequestSchema,
  confirmPodSecurityRequestSchema,
  confirmRebuiltRequestSchema,
  removeLeftoversRequestSchema,
  takeOverRequestSchema,
  takeOverResultSchema,
} from '../plan';
import {
  clusterProfileSchema,
  previewProfileRequestSchema,
  profilePreviewSchema,
  profileSummarySchema,
} from '../profiles';
import type { ApiRoute } from './ApiRoute';
import { ADMIN, CLUSTER, READER, VIEWER } from './common';
import { routesOf } from './routesOf';

const plan = routesOf('Pending changes');
const profiles = routesOf('Profiles');

const planned = {
  caller: ADMIN,
  permission: 'berth.cluster.share',
  errors: [404, 409],
};

/** The routes of pending changes and of profiles. */
export const PLAN_ROUTES: readonly ApiRoute[] = [
  plan(`get ${CLUSTER}/plan`, 'Read the changes that Berth would make now', {
    caller: READER,
    answer: clusterPlanSchema,
    errors: [404],
  }),
  plan(`post ${CLUSTER}/plan/confirm`, 'Confirm deletions that are held', {
    ...planned,
    body: confirmPlanRequestSchema,
    status: 204,
  }),
  plan(`post ${CLUSTER}/plan/leftovers/remove`, 'Delete leftover objects', {
    ...planned,
    body: removeLeftoversRequestSchema,
    status: 204,
  }),
  plan(
    `post ${CLUSTER}/plan/pod-security`,
    'Let a higher level of Pod Security go ahead',
    {
      ...planned,
      description:
        'Running pods stay; those that do not meet the level are refused when they start again.',
      body: confirmPodSecurityRequestSchema,
      status: 204,
    },
  ),
  plan(`post ${CLUSTER}/plan/identity`, 'Let other IDs of an owner go ahead', {
    ...planned,
    description:
      'All namespaces of the owner get the IDs, on other clusters, too. Running pods keep the IDs that they have.',
    body: confirmIdentityRequestSchema,
    status: 204,
  }),
  plan(`post ${CLUSTER}/plan/take-over`, 'Take over a former registration', {
    ...planned,
    body: takeOverRequestSchema,
    answer: takeOverResultSchema,
  }),
  plan(`post ${CLUSTER}/rebuilt`, 'Confirm that a cluster was rebuilt', {
    caller: ADMIN,
    permission: 'berth.cluster.update',
    body: confirmRebuiltRequestSchema,
    status: 204,
    errors: [404, 409],
  }),
  profiles('get /profiles', 'List the profiles of the configuration', {
    caller: READER,
    answer: listOf(profileSummarySchema),
  }),
  profiles(`get ${CLUSTER}/profile`, 'Read the profiles of a cluster', {
    description:
      'What the cluster can do with each field of its profiles. The nodes are read at most once a minute.',
    caller: VIEWER,
    answer: clusterProfileSchema,
    errors: [404],
  }),
  profiles(
    `post ${CLUSTER}/profile/preview`,
    'Read what profiles would change on a cluster',
    {
      description:
        'Dry runs on the API server show which pods would fail. Nothing is stored or changed.',
      caller: ADMIN,
      permission: 'berth.cluster.share',
      body: previewProfileRequestSchema,
      answer: profilePreviewSchema,
      errors: [404],
    },
  ),
];
