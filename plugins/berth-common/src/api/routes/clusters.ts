import * as z from 'zod';
import { checkRunSchema } from '../checks';
import {
  leftoverResourceListSchema,
  clusterPreviewSchema,
  clusterSchema,
  deleteClusterQuerySchema,
  createClusterRequestSchema,
  registerKubeconfigRequestSchema,
  updateClusterRequestSchema,
} from '../clusters';
import { dryRunQuerySchema } from '../fields';
import { onboardingGuideSchema, onboardingQuerySchema } from '../onboarding';
import { listOf } from '../paging';
import {
  addShareRequestSchema,
  removeShareQuerySchema,
  setSharesRequestSchema,
  shareListSchema,
} from '../shares';
import type { ApiRoute } from './ApiRoute';
import { ADMIN, CLUSTER, PERSON, READER, VIEWER, changed } from './common';
import { routesOf } from './routesOf';

const clusters = routesOf('Clusters');
const shares = routesOf('Shares');

const shared = {
  caller: ADMIN,
  permission: 'berth.cluster.share',
  answer: shareListSchema,
};

/** The routes of clusters and their shares. */
export const CLUSTER_ROUTES: readonly ApiRoute[] = [
  clusters('get /clusters', 'List the clusters that the caller may see', {
    caller: PERSON,
    permission: 'berth.cluster.read',
    answer: listOf(clusterSchema),
  }),
  clusters('post /clusters', 'Register a cluster', {
    description:
      'The name is cleaned to lowercase letters and digits. With `dryRun=true` the answer is a 200 with a `ClusterPreview`.',
    caller: ADMIN,
    permission: 'berth.cluster.create',
    query: dryRunQuerySchema,
    body: z.union([
      createClusterRequestSchema,
      registerKubeconfigRequestSchema,
    ]),
    status: 201,
    answer: z.union([clusterSchema, clusterPreviewSchema]),
    errors: [409],
  }),
  clusters(`get ${CLUSTER}`, 'Read a cluster', {
    caller: VIEWER,
    permission: 'berth.cluster.read',
    answer: clusterSchema,
    errors: [404],
  }),
  clusters(`patch ${CLUSTER}`, 'Change the settings of a cluster', {
    description:
      'A field that is left out stays; an empty value removes a setting. An object or a list is replaced as a whole. 409 if another address or CA is not known to belong to the same cluster; 403 if `berth.clusters` manages the cluster.',
    caller: ADMIN,
    permission: 'berth.cluster.update',
    headers: ['If-Match'],
    body: updateClusterRequestSchema,
    answer: clusterSchema,
    errors: [404, 409, 412],
  }),
  clusters(
    `get ${CLUSTER}/leftovers`,
    'List the objects of Berth on a cluster',
    {
      caller: ADMIN,
      permission: 'berth.cluster.delete',
      answer: leftoverResourceListSchema,
      errors: [404],
    },
  ),
  clusters(`delete ${CLUSTER}`, 'Remove a cluster from the portal', {
    description:
      'The objects on the cluster stay, unless `cleanUp=true`: then Berth first deletes its RoleBindings, and 409 means that one could not be deleted and the cluster stays.',
    caller: ADMIN,
    permission: 'berth.cluster.delete',
    query: deleteClusterQuerySchema,
    status: 204,
    errors: [404, 409],
  }),
  clusters(`get ${CLUSTER}/checks`, 'List the last 30 runs of the checks', {
    description: 'The latest run is the first.',
    caller: READER,
    answer: listOf(checkRunSchema),
    errors: [404],
  }),
  clusters(`post ${CLUSTER}/checks`, 'Run the checks of a cluster now', {
    caller: ADMIN,
    permission: 'berth.cluster.update',
    answer: checkRunSchema,
    errors: [404],
  }),
  clusters(`get ${CLUSTER}/onboarding`, 'Read how to set up a cluster', {
    description:
      'A guide as JSON or as text. The manifest and the authentication configuration are YAML, too; the manifest is YAML unless the request asks for JSON.',
    caller: READER,
    query: onboardingQuerySchema,
    answer: onboardingGuideSchema,
    otherTypes: ['text/plain', 'application/yaml'],
    errors: [404],
  }),
  shares(`get ${CLUSTER}/shares`, 'List the shares that the caller may see', {
    caller: VIEWER,
    answer: shareListSchema,
    errors: [404],
  }),
  shares(`put ${CLUSTER}/shares`, 'Replace the shares of a cluster', {
    ...shared,
    ...changed,
    body: setSharesRequestSchema,
  }),
  shares(`post ${CLUSTER}/shares`, 'Share a cluster with one more group', {
    ...shared,
    body: addShareRequestSchema,
    errors: [404, 409],
  }),
  shares(`delete ${CLUSTER}/shares`, 'Take a cluster from one group', {
    ...shared,
    description: 'Also for a group that has left the catalog.',
    query: removeShareQuerySchema,
    errors: [404],
  }),
];
