import { runKubectl } from '@berth/control-plane';
import {
  BerthApi,
  createKubeconfig,
  CreateNamespaceRequest,
} from '@berth/plugin-berth-common';
import { stringify } from 'yaml';
import { eventually } from '../portal/eventually';
import { requestExamples } from './exampleRequests';
import { exampleSession } from './exampleSession';

const DAY_MS = 24 * 60 * 60 * 1000;

const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';

/**
 * Returns the namespaces of the example pages: with and without a quota, shared with several groups and with
 * none.
 */
function namespaces(): Array<{
  cluster: string;
  request: CreateNamespaceRequest;
}> {
  const inThirtyDays = new Date(Date.now() + 30 * DAY_MS).toISOString();
  return [
    {
      cluster: 'staging',
      request: {
        name: 'checkout',
        owner: TEAM_A,
        purpose: 'The way from the basket to the receipt',
        grants: [
          { group: TEAM_A, role: 'admin' },
          { group: TEAM_B, role: 'view', expiresAt: inThirtyDays },
        ],
        quota: { sizeClass: 'medium' },
      },
    },
    {
      cluster: 'staging',
      request: {
        name: 'storefront',
        owner: TEAM_A,
        grants: [{ group: TEAM_A, role: 'edit' }],
        quota: { sizeClass: 'small' },
      },
    },
    {
      cluster: 'staging',
      request: {
        name: 'load-tests',
        purpose: 'Load tests before a release',
        grants: [{ group: TEAM_B, role: 'edit' }],
      },
    },
    {
      cluster: 'gpulab',
      request: {
        name: 'fraud-model',
        owner: 'group:default/ledger',
        purpose: 'Training of the model that finds fraud',
        grants: [{ group: 'group:default/engineering', role: 'edit' }],
        quota: { sizeClass: 'gpu' },
      },
    },
  ];
}

/** The workloads in the namespaces, as replicas of one container each. */
const WORKLOADS = [
  { person: 'alice', namespace: 'checkout', name: 'web', replicas: 6 },
  { person: 'alice', namespace: 'checkout', name: 'worker', replicas: 3 },
  { person: 'alice', namespace: 'storefront', name: 'pages', replicas: 7 },
];

/**
 * Fills the dev portal through the API, as its admin and its people do, so that no page is empty.
 *
 * @throws Error if the clusters do not reach that state in time
 */
export async function fillWithExamples(backendUrl: string): Promise<void> {
  const ada = await exampleSession(backendUrl, 'ada');
  // Releases of the group can be copied from one cluster to the other.
  await ada.addShare('gpulab', { group: TEAM_A });
  for (const { cluster, request } of namespaces()) {
    await ada.createNamespace(cluster, request);
  }
  await eventually('all namespaces and grants are ready', async () => {
    const { items } = await ada.listNamespaces();
    return items.every(
      ({ phase, grants }) =>
        phase === 'Active' && grants.every(({ state }) => state === 'Ready'),
    );
  });
  for (const workload of WORKLOADS) {
    await deploy(await exampleSession(backendUrl, workload.person), workload);
  }
  await addSettings(await exampleSession(backendUrl, 'alice'));
  await eventually('the use of the quotas is observed', async () => {
    const { used = {} } = await ada.getQuota({
      cluster: 'staging',
      namespace: 'storefront',
    });
    return used.pods === '7';
  });
  await requestExamples(backendUrl);
}

/** Creates a ConfigMap, whose values a person can edit. */
async function addSettings(berth: BerthApi): Promise<void> {
  const { items } = await berth.applyYaml('staging', {
    namespace: 'checkout',
    yaml: stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'web-settings' },
      data: {
        LOG_LEVEL: 'info',
        'shop.yaml': 'currency: EUR\nbasket:\n  maxItems: 50\n',
      },
    }),
  });
  if (items[0]?.action !== 'create') {
    throw new Error(`Not applied: ${JSON.stringify(items)}`);
  }
}

async function deploy(
  berth: BerthApi,
  { namespace, name, replicas }: (typeof WORKLOADS)[number],
): Promise<void> {
  const [{ username }, { apiServer, caData }, { token }] = await Promise.all([
    berth.getAccess(),
    berth.getCluster('staging'),
    berth.createToken('staging'),
  ]);
  const labels = { app: name };
  const requests = { cpu: '250m', memory: '512Mi' };
  const container = {
    name,
    image: `${name}:1`,
    resources: { requests, limits: { memory: '1Gi' } },
  };
  const { code, stderr } = await runKubectl(['apply', '-f', '-'], {
    kubeconfig: createKubeconfig([
      { cluster: 'staging', apiServer, caData, username, token, namespace },
    ]),
    input: stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    }),
  });
  if (code !== 0) {
    throw new Error(`Deployment ${name} in ${namespace}: ${stderr}`);
  }
}
