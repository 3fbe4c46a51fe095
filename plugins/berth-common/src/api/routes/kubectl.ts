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
} from '../kubectl';
import { countedPageOf } from '../paging';
import type { ApiRoute } from './ApiRoute';
import { PERSON } from './common';
import { routesOf } from './routesOf';

const kubectl = routesOf('kubectl');

const signed = {
  anonymous: true as const,
  caller: 'A computer that signs the assertion with its key',
  body: deviceAssertionSchema,
  errors: [429],
};
const open = { anonymous: true, caller: 'Anyone' } as const;

/** The routes of kubectl. */
export const KUBECTL_ROUTES: readonly ApiRoute[] = [
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
];
