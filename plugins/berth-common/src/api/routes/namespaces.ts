import {
  clusterQuotasQuerySchema,
  clusterQuotasSchema,
} from '../clusterQuotas';
import { grantListSchema, setGrantsRequestSchema } from '../grants';
import {
  createNamespaceRequestSchema,
  deleteNamespaceQuerySchema,
  managedNamespaceSchema,
  namespaceAvailabilityQuerySchema,
  namespaceAvailabilitySchema,
  namespaceQuerySchema,
  updateNamespaceRequestSchema,
} from '../namespaces';
import { countedPageOf, listOf } from '../paging';
import {
  createPersonalNamespaceRequestSchema,
  personalNamespaceSchema,
  transferNamespaceRequestSchema,
} from '../personalNamespaces';
import {
  namespaceQuotaSchema,
  setQuotaRequestSchema,
  setQuotaResponseSchema,
  sizeClassSchema,
} from '../quotas';
import type { ApiRoute } from './ApiRoute';
import {
  ADMIN,
  CLUSTER,
  HOLDER,
  PERSON,
  READER,
  VIEWER,
  changed,
} from './common';
import { routesOf } from './routesOf';

const namespaces = routesOf('Namespaces');

const NAMESPACE = '/clusters/{cluster}/namespaces/{namespace}';

/** The routes of namespaces, their grants and their quotas. */
export const NAMESPACE_ROUTES: readonly ApiRoute[] = [
  namespaces('get /namespaces', 'List the namespaces that the caller may see', {
    caller: PERSON,
    permission: 'berth.namespace.read',
    query: namespaceQuerySchema,
    answer: countedPageOf(managedNamespaceSchema),
  }),
  namespaces('post /clusters/{cluster}/namespaces', 'Create a namespace', {
    caller: ADMIN,
    permission: 'berth.namespace.create',
    body: createNamespaceRequestSchema,
    status: 201,
    answer: managedNamespaceSchema,
    errors: [404, 409],
  }),
  namespaces(`get ${NAMESPACE}/availability`, 'Check the name of a namespace', {
    caller: VIEWER,
    query: namespaceAvailabilityQuerySchema,
    answer: namespaceAvailabilitySchema,
    errors: [404],
  }),
  namespaces(`get ${NAMESPACE}`, 'Read a namespace', {
    caller: HOLDER,
    permission: 'berth.namespace.read',
    answer: managedNamespaceSchema,
    errors: [404],
  }),
  namespaces(`patch ${NAMESPACE}`, 'Change the description of a namespace', {
    ...changed,
    description:
      'A field that is left out stays; `null` or an empty purpose removes it. 409 for another owner of a home namespace. The change affects no access.',
    caller: ADMIN,
    permission: 'berth.namespace.update',
    body: updateNamespaceRequestSchema,
    answer: managedNamespaceSchema,
  }),
  namespaces(`delete ${NAMESPACE}`, 'Delete a namespace and its content', {
    description:
      "Uses the admin's own token. 409 for the home of a group that the cluster is shared with.",
    caller: ADMIN,
    permission: 'berth.namespace.delete',
    query: deleteNamespaceQuerySchema,
    status: 202,
    errors: [404, 409],
  }),
  namespaces(
    `post ${NAMESPACE}/transfer`,
    'Give a namespace to another user or group',
    {
      description:
        'The content stays. A personal namespace becomes the one of the other user, or belongs to the group, which gets the role of the user. 409 for a home namespace, and for a user who has a personal namespace on the cluster.',
      caller: ADMIN,
      permission: 'berth.namespace.update',
      body: transferNamespaceRequestSchema,
      answer: managedNamespaceSchema,
      errors: [404, 409],
    },
  ),
  namespaces(
    'get /personal-namespaces',
    'List the clusters on which the caller can have a personal namespace',
    {
      caller: PERSON,
      answer: listOf(personalNamespaceSchema),
    },
  ),
  namespaces(
    `post ${CLUSTER}/personal-namespace`,
    'Create the personal namespace of the caller',
    {
      description:
        '200 if the person has one. Only an admin can create that of another person, or choose its name.',
      caller: VIEWER,
      permission: 'berth.request.create',
      body: createPersonalNamespaceRequestSchema.optional(),
      status: 201,
      answer: managedNamespaceSchema,
      errors: [404, 409],
    },
  ),
  namespaces(`get ${NAMESPACE}/grants`, 'List the grants of a namespace', {
    caller: HOLDER,
    answer: grantListSchema,
    errors: [404],
  }),
  namespaces(`put ${NAMESPACE}/grants`, 'Replace the grants of a namespace', {
    ...changed,
    caller: ADMIN,
    permission: 'berth.grant.update',
    body: setGrantsRequestSchema,
    answer: grantListSchema,
  }),
  namespaces(`get ${NAMESPACE}/quota`, 'Read the quota of a namespace', {
    caller: HOLDER,
    answer: namespaceQuotaSchema,
    errors: [404],
  }),
  namespaces(`put ${NAMESPACE}/quota`, 'Set the quota of a namespace', {
    headers: ['If-Match', 'If-None-Match'],
    errors: [404, 412, 428],
    caller: ADMIN,
    permission: 'berth.quota.update',
    body: setQuotaRequestSchema,
    answer: setQuotaResponseSchema,
  }),
  namespaces(`delete ${NAMESPACE}/quota`, 'Remove the quota of a namespace', {
    ...changed,
    caller: ADMIN,
    permission: 'berth.quota.update',
    status: 204,
  }),
  namespaces('get /quotas', 'Compare the quotas of a cluster with its nodes', {
    caller: READER,
    query: clusterQuotasQuerySchema,
    answer: clusterQuotasSchema,
    errors: [404],
  }),
  namespaces('get /size-classes', 'List the presets of `berth.sizeClasses`', {
    caller: PERSON,
    answer: listOf(sizeClassSchema),
  }),
];
