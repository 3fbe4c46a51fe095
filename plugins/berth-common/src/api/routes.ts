import * as z from 'zod';
import {
  accessExplanationSchema,
  accessSummarySchema,
  explainAccessQuerySchema,
  tokenResponseSchema,
} from './access';
import { activityEntrySchema, activityFileQuerySchema } from './activity';
import { checkRunSchema } from './checks';
import { clusterQuotasQuerySchema, clusterQuotasSchema } from './clusterQuotas';
import {
  leftoverResourceListSchema,
  clusterPreviewSchema,
  clusterSchema,
  deleteClusterQuerySchema,
  createClusterRequestSchema,
  registerKubeconfigRequestSchema,
  updateClusterRequestSchema,
} from './clusters';
import {
  directoryClusterSchema,
  directoryNamespaceSchema,
  directoryQuerySchema,
} from './directory';
import { dryRunQuerySchema } from './fields';
import { grantListSchema, setGrantsRequestSchema } from './grants';
import { issuerKeyListSchema, revokeKeysRequestSchema } from './keys';
import {
  activatedDeviceSchema,
  connectDeviceRequestSchema,
  connectedDeviceSchema,
  deviceAssertionSchema,
  deviceCredentialSchema,
  kubeconfigQuerySchema,
  kubectlClusterListSchema,
  kubectlDeviceListQuerySchema,
  kubectlDeviceSchema,
  kubectlDeviceQuerySchema,
  kubectlPortalSchema,
} from './kubectl';
import {
  createNamespaceRequestSchema,
  deleteNamespaceQuerySchema,
  managedNamespaceSchema,
  namespaceAvailabilityQuerySchema,
  namespaceAvailabilitySchema,
  namespaceQuerySchema,
  updateNamespaceRequestSchema,
} from './namespaces';
import {
  createPersonalNamespaceRequestSchema,
  personalNamespaceSchema,
  transferNamespaceRequestSchema,
} from './personalNamespaces';
import { onboardingGuideSchema, onboardingQuerySchema } from './onboarding';
import { countedPageOf, listOf, pageOf } from './paging';
import {
  clusterPlanSchema,
  confirmPlanRequestSchema,
  confirmIdentityRequestSchema,
  confirmPodSecurityRequestSchema,
  confirmRebuiltRequestSchema,
  removeLeftoversRequestSchema,
  takeOverRequestSchema,
  takeOverResultSchema,
} from './plan';
import {
  clusterProfileSchema,
  previewProfileRequestSchema,
  profilePreviewSchema,
  profileSummarySchema,
} from './profiles';
import {
  namespaceQuotaSchema,
  setQuotaRequestSchema,
  setQuotaResponseSchema,
  sizeClassSchema,
} from './quotas';
import {
  accessRequestSchema,
  createRequestRequestSchema,
  requestDecisionSchema,
  requestQuerySchema,
  requestSpecSchema,
  requestVerdictSchema,
} from './requests';
import { CHART_ROUTES } from './chartRoutes';
import { HELM_OPERATION_ROUTES } from './helmOperationRoutes';
import { HELM_ROUTES } from './helmRoutes';
import { RESOURCE_ROUTES } from './resourceRoutes';
import { routesOf } from './routesOf';
import {
  addShareRequestSchema,
  removeShareQuerySchema,
  setSharesRequestSchema,
  shareListSchema,
} from './shares';
import { TERMINAL_ROUTES } from './terminalRoutes';

/** The header of a change that names the state that the caller saw. @public */
export type ChangeHeader = 'If-Match' | 'If-None-Match';

/** One route of the API. @public */
export interface ApiRoute {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** The path, with parameters in braces, such as `/clusters/{name}`. */
  path: string;
  tag: string;
  summary: string;
  /** Details beyond the summary. */
  description?: string;
  /** The people who may call the route. The portal's permission policy can only restrict this. */
  caller: string;
  /** Whether the route needs no Backstage token. */
  anonymous?: true;
  /** Name of the permission that the portal's policy decides. */
  permission?: string;
  query?: z.ZodObject;
  headers?: ChangeHeader[];
  body?: z.ZodType;
  /** The status of a success. */
  status: number;
  /** The schema of the response body, if there is one. */
  answer?: z.ZodType;
  /** Media types of the response other than JSON. */
  otherTypes?: string[];
  /** The error statuses beyond those of every route. */
  errors?: number[];
}

const ADMIN = 'Admins';
const READER = 'Admins and auditors';
const PERSON = 'Everyone who is signed in';
const VIEWER = 'Everyone who may see the cluster';
const open = { anonymous: true, caller: 'Anyone' } as const;
const HOLDER = 'Everyone who may see the namespace';

const CLUSTER = '/clusters/{name}';
const NAMESPACE = '/clusters/{cluster}/namespaces/{namespace}';

const access = routesOf('Access');
const clusters = routesOf('Clusters');
const shares = routesOf('Shares');
const plan = routesOf('Pending changes');
const profiles = routesOf('Profiles');
const namespaces = routesOf('Namespaces');
const requests = routesOf('Requests');
const activity = routesOf('Activity');
const keys = routesOf('Signing keys');
const kubectl = routesOf('kubectl');
const directory = routesOf('Directory');

const shared = {
  caller: ADMIN,
  permission: 'berth.cluster.share',
  answer: shareListSchema,
};
const planned = {
  caller: ADMIN,
  permission: 'berth.cluster.share',
  errors: [404, 409],
};
const changed: Pick<ApiRoute, 'headers' | 'errors'> = {
  headers: ['If-Match'],
  errors: [404, 409, 412, 428],
};
const signed = {
  anonymous: true as const,
  caller: 'A computer that signs the assertion with its key',
  body: deviceAssertionSchema,
  errors: [429],
};
const decided = { answer: accessRequestSchema, errors: [404, 409] };
const service = 'The services `plugin:catalog` and `plugin:search`';

/**
 * All routes of the API. A test compares them with the routers of the backend; `npm run openapi` writes the OpenAPI
 * document from them.
 *
 * @public
 */
export const API_ROUTES: readonly ApiRoute[] = [
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
        'The API server says by dry runs which pods would fail. Nothing is stored or changed.',
      caller: ADMIN,
      permission: 'berth.cluster.share',
      body: previewProfileRequestSchema,
      answer: profilePreviewSchema,
      errors: [404],
    },
  ),
  plan(`post ${CLUSTER}/rebuilt`, 'Confirm that a cluster was rebuilt', {
    caller: ADMIN,
    permission: 'berth.cluster.update',
    body: confirmRebuiltRequestSchema,
    status: 204,
    errors: [404, 409],
  }),

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

  keys('get /issuer/keys', 'List the signing keys', {
    caller: READER,
    permission: 'berth.issuer.manage',
    answer: issuerKeyListSchema,
  }),
  keys('post /issuer/keys/rotate', 'Rotate the signing key', {
    caller: ADMIN,
    permission: 'berth.issuer.manage',
    answer: issuerKeyListSchema,
  }),
  keys('post /issuer/keys/revoke', 'Revoke signing keys', {
    caller: ADMIN,
    permission: 'berth.issuer.manage',
    body: revokeKeysRequestSchema,
    answer: issuerKeyListSchema,
  }),

  kubectl('post /kubectl/devices', 'Connect kubectl on a computer', {
    description:
      'Confirms the key of a computer. The code of the answer activates it within two minutes.',
    caller: PERSON,
    permission: 'berth.kubectl.connect',
    body: connectDeviceRequestSchema,
    status: 201,
    answer: connectedDeviceSchema,
    errors: [409],
  }),
  kubectl('get /kubectl/devices', 'List connected computers, newest first', {
    caller: `${PERSON}; of others, admins and auditors`,
    query: kubectlDeviceListQuerySchema,
    answer: countedPageOf(kubectlDeviceSchema),
  }),
  kubectl('delete /kubectl/devices', 'End the sign-ins of a person', {
    caller: `${PERSON}; of others, admins`,
    query: kubectlDeviceQuerySchema,
    status: 204,
  }),
  kubectl('delete /kubectl/devices/{id}', 'End the sign-in of a computer', {
    caller: `${PERSON}; of others, admins`,
    status: 204,
    errors: [404],
  }),
  kubectl('get /kubeconfig', 'Read a kubeconfig without a secret', {
    description:
      'kubectl gets tokens from kubectl-berth. It has the clusters that the caller can get a token for.',
    caller: PERSON,
    permission: 'berth.token.create',
    query: kubeconfigQuerySchema,
    otherTypes: ['application/yaml'],
    errors: [404],
  }),
  kubectl('post /kubectl/session/activate', 'Activate a computer', {
    ...signed,
    description: 'Once, with the code.',
    answer: activatedDeviceSchema,
  }),
  kubectl(
    'post /kubectl/session/credential',
    'Create a token for a cluster, for a computer',
    {
      ...signed,
      description:
        'With the groups that the person has now, and the decision of the permission policy of the moment at which the person connected the computer. 409 with `setUp` if another cluster has the name now.',
      permission: 'berth.token.create',
      status: 201,
      answer: deviceCredentialSchema,
      errors: [404, 409, 429, 503],
    },
  ),
  kubectl(
    'post /kubectl/session/clusters',
    'List the clusters of the person, for a computer',
    { ...signed, answer: kubectlClusterListSchema, errors: [429, 503] },
  ),
  kubectl('post /kubectl/session/end', 'End the sign-in on the computer', {
    ...signed,
    status: 204,
  }),
  kubectl('get /kubectl/cli/portal.json', 'Read the addresses of the portal', {
    ...open,
    answer: kubectlPortalSchema,
  }),
  ...['kubectl-berth.mjs', 'install.sh', 'install.ps1', 'SHA256SUMS'].map(
    file =>
      kubectl(`get /kubectl/cli/${file}`, `Download ${file}`, {
        ...open,
        otherTypes: [file.endsWith('.mjs') ? 'text/javascript' : 'text/plain'],
        errors: [503],
      }),
  ),

  ...RESOURCE_ROUTES,
  ...HELM_ROUTES,
  ...CHART_ROUTES,
  ...HELM_OPERATION_ROUTES,
  ...TERMINAL_ROUTES,

  directory('get /directory/clusters', 'List all clusters, page by page', {
    caller: service,
    query: directoryQuerySchema,
    answer: pageOf(directoryClusterSchema),
  }),
  directory('get /directory/namespaces', 'List all namespaces, page by page', {
    caller: service,
    query: directoryQuerySchema,
    answer: pageOf(directoryNamespaceSchema),
  }),
];
