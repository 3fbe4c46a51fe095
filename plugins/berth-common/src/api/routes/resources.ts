import { logQuerySchema } from '../logs';
import { nodeListQuerySchema, nodeMigSchema } from '../nodes';
import {
  appliedDocumentListSchema,
  applyRequestSchema,
  deleteObjectQuerySchema,
  editObjectRequestSchema,
  editObjectResultSchema,
  objectActionResultSchema,
  objectActionSchema,
  objectEventListSchema,
  objectViewSchema,
  relatedObjectListSchema,
  revealedSecretSchema,
  revealRequestSchema,
  rolloutRevisionListSchema,
} from '../objects';
import {
  abilitiesQuerySchema,
  abilitiesSchema,
  objectQuerySchema,
  resourceKindListSchema,
  resourceKindsQuerySchema,
  resourceListQuerySchema,
} from '../resources';
import type { ApiRoute } from './ApiRoute';
import { routesOf } from './routesOf';

const resources = routesOf('Resources');

const OBJECT = '/clusters/{cluster}/objects/{group}/{plural}/{name}';
const LINES = 'application/x-ndjson';

const reads = {
  caller: 'Everyone who can enter the cluster, with their own rights on it',
  permission: 'berth.proxy.read',
};
const writes = {
  caller: 'Everyone who can enter the cluster, with their own rights on it',
  permission: 'berth.proxy.write',
  errors: [404, 409],
};
const ofObject = { ...reads, query: objectQuerySchema, errors: [404] };

/** The routes of what runs on the clusters. */
export const RESOURCE_ROUTES: readonly ApiRoute[] = [
  resources('get /resources/kinds', 'List the kinds of objects', {
    ...reads,
    query: resourceKindsQuerySchema,
    answer: resourceKindListSchema,
  }),
  resources('get /resources/nodes', 'List the nodes of the clusters', {
    ...reads,
    description:
      'One JSON object for each line, as `NodeListLine`. Clusters on which the caller may not list nodes fail with `Forbidden`.',
    query: nodeListQuerySchema,
    otherTypes: [LINES],
  }),
  resources(
    'get /clusters/{cluster}/nodes/{node}/mig',
    'Read how the GPUs of a node are divided',
    { ...reads, answer: nodeMigSchema, errors: [404] },
  ),
  resources(
    'get /resources/{group}/{plural}',
    'List objects over all clusters and namespaces',
    {
      ...reads,
      description:
        'One JSON object for each line, as `ResourceListLine`. A cluster that fails is one line; the others go on.',
      query: resourceListQuerySchema,
      otherTypes: [LINES],
    },
  ),
  resources(
    'get /clusters/{cluster}/abilities',
    'Read what the caller may do',
    {
      ...reads,
      query: abilitiesQuerySchema,
      answer: abilitiesSchema,
      errors: [404],
    },
  ),
  resources(`get ${OBJECT}`, 'Read an object', {
    ...ofObject,
    answer: objectViewSchema,
    otherTypes: ['application/yaml'],
  }),
  resources(`get ${OBJECT}/events`, 'List the events of an object', {
    ...ofObject,
    answer: objectEventListSchema,
  }),
  resources(`get ${OBJECT}/related`, 'List the related objects', {
    ...ofObject,
    answer: relatedObjectListSchema,
  }),
  resources(`get ${OBJECT}/revisions`, 'List the revisions of a workload', {
    ...ofObject,
    answer: rolloutRevisionListSchema,
  }),
  resources(`get ${OBJECT}/logs`, 'Read the logs of a pod or of a workload', {
    ...reads,
    description: 'One JSON object for each line, as `LogLine`.',
    query: logQuerySchema,
    otherTypes: [LINES, 'text/plain'],
    errors: [404, 429],
  }),
  resources(`post ${OBJECT}/reveal`, 'Read values of a Secret', {
    ...reads,
    query: objectQuerySchema,
    body: revealRequestSchema,
    answer: revealedSecretSchema,
    errors: [404],
  }),
  resources(
    `post ${OBJECT}/actions`,
    'Scale, restart or otherwise change an object',
    {
      ...writes,
      query: objectQuerySchema,
      body: objectActionSchema,
      answer: objectActionResultSchema,
    },
  ),
  resources(`patch ${OBJECT}`, 'Change an object', {
    ...writes,
    query: objectQuerySchema,
    body: editObjectRequestSchema,
    answer: editObjectResultSchema,
  }),
  resources(`delete ${OBJECT}`, 'Delete an object', {
    ...writes,
    query: deleteObjectQuerySchema,
    status: 204,
  }),
  resources('post /clusters/{cluster}/apply', 'Apply YAML', {
    ...writes,
    body: applyRequestSchema,
    answer: appliedDocumentListSchema,
  }),
];
