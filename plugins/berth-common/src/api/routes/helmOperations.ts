import {
  helmOperationLineQuerySchema,
  helmOperationLinesSchema,
  helmOperationPageSchema,
  helmOperationQuerySchema,
  helmOperationSchema,
  helmStatusAnswerSchema,
  helmUnlockRequestSchema,
} from '../helmOperations';
import { helmPreviewSchema } from '../helmPreviews';
import { helmOperationRequestSchema, helmRequestSchema } from '../helmRequests';
import type { ApiRoute } from './ApiRoute';
import { PERSON } from './common';
import { routesOf } from './routesOf';

const helm = routesOf('Helm');

const OPERATION = '/helm/operations/{id}';

const reads = {
  caller: 'Everyone who can read the releases of the namespace',
  permission: 'berth.helm.read',
};
const writes = {
  caller: 'Everyone who can enter the cluster, with their own rights on it',
  permission: 'berth.helm.write',
};

/** The routes that change Helm releases. */
export const HELM_OPERATION_ROUTES: readonly ApiRoute[] = [
  helm('get /helm/status', 'Read whether the portal can change Helm releases', {
    caller: PERSON,
    answer: helmStatusAnswerSchema,
  }),
  helm('post /helm/previews', 'Preview an operation on a Helm release', {
    ...writes,
    description:
      'Changes nothing on the cluster. A chart of a repository takes `berth.chart.read`, too. 501 if the portal has no helm.',
    body: helmRequestSchema,
    answer: helmPreviewSchema,
    errors: [404, 409, 501, 502],
  }),
  helm('get /helm/operations', 'List operations on Helm releases', {
    ...reads,
    description: 'The latest first.',
    query: helmOperationQuerySchema,
    answer: helmOperationPageSchema,
  }),
  helm(`put ${OPERATION}`, 'Start an operation on a Helm release', {
    ...writes,
    description:
      'The caller makes the id, a ULID: the same call again returns the same operation. 409 if an operation runs on the release, if the release differs from its preview, or if the id belongs to another operation. 429 if the caller has too many operations. 501 if the portal has no helm.',
    body: helmOperationRequestSchema,
    status: 202,
    answer: helmOperationSchema,
    errors: [404, 409, 429, 501, 502],
  }),
  helm(`get ${OPERATION}`, 'Read an operation on a Helm release', {
    ...reads,
    answer: helmOperationSchema,
    errors: [404],
  }),
  helm(`get ${OPERATION}/lines`, 'Read the lines of an operation', {
    ...reads,
    query: helmOperationLineQuerySchema,
    answer: helmOperationLinesSchema,
    errors: [404],
  }),
  helm(`delete ${OPERATION}`, 'Cancel an operation on a Helm release', {
    caller: 'The person who started the operation, and admins',
    permission: 'berth.helm.write',
    status: 202,
    answer: helmOperationSchema,
    errors: [404, 409],
  }),
  helm(
    'post /clusters/{cluster}/namespaces/{namespace}/releases/{release}/unlock',
    'Mark a pending revision of a Helm release as failed',
    {
      ...writes,
      description:
        'For a revision that stays `pending-install`, `pending-upgrade` or `pending-rollback` because helm was ended. 409 if it is not pending, or if an operation of the portal runs on the release.',
      body: helmUnlockRequestSchema,
      status: 204,
      errors: [404, 409, 502],
    },
  ),
];
