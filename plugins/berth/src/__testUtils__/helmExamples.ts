import { HELM_MASK, HelmReleaseView } from '@berth/plugin-berth-common';
import { FakeHelm } from './FakeHelm';
import { minutesAgo } from './fixtures';
import { aRelease } from './helm';

const PLACE = { cluster: 'prod01', namespace: 'shop' };
const CHART = aRelease().chart!;
const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment', group: 'apps' };
const SECRET = { apiVersion: 'v1', kind: 'Secret', group: 'core' };

/** The hidden values of the release `web`. */
export const HIDDEN = {
  password: 'correct-horse-battery',
  token: 'a-token-of-the-web-keys',
};

const WEB: HelmReleaseView[] = [
  aRelease({
    ...PLACE,
    revision: 1,
    status: 'superseded',
    updatedAt: minutesAgo(3 * 24 * 60),
    chart: { ...CHART, version: '1.4.1' },
  }),
  aRelease({
    ...PLACE,
    revision: 2,
    description: 'Upgrade complete',
    chart: {
      ...CHART,
      home: 'https://charts.example.com/web',
      sources: ['https://git.example.com/charts/web'],
      kubeVersion: '>=1.25.0',
    },
    hooks: [
      {
        name: 'web-migrate',
        kind: 'Job',
        events: ['pre-upgrade'],
        weight: 0,
        lastRun: { phase: 'Succeeded', completedAt: minutesAgo(91) },
      },
    ],
  }),
];

const DIFF = `--- values
+++ values
@@ -1,4 +1,4 @@
 db:
   password: ${HELM_MASK}
-replicas: 2
+replicas: 3
`;

/** Adds releases in every state to a fake backend. */
export function withReleases<Api extends FakeHelm>(api: Api): Api {
  api.addRelease({
    views: WEB,
    values: {
      yaml: `db:\n  password: ${HELM_MASK}\nreplicas: 3\n`,
      masked: [['db', 'password']],
    },
    allValues: {
      yaml: `db:\n  password: ${HELM_MASK}\nreplicas: 3\nservice:\n  port: 80\n`,
      masked: [['db', 'password']],
    },
    defaults: { yaml: 'replicas: 1\nservice:\n  port: 80\n', masked: [] },
    manifest: [
      {
        ...DEPLOYMENT,
        plural: 'deployments',
        name: 'web',
        hook: false,
        yaml: 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n',
      },
      {
        ...SECRET,
        plural: 'secrets',
        name: 'web-keys',
        hook: false,
        yaml: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: web-keys\nstringData:\n  token: ${HELM_MASK}\n`,
        maskedKeys: ['token'],
      },
    ],
    diff: {
      values: DIFF,
      notes: '',
      items: [
        {
          kind: 'Deployment',
          name: 'web',
          change: 'changed',
          diff: '@@ -4,2 +4,2 @@\n spec:\n-  replicas: 2\n+  replicas: 3\n',
        },
        {
          kind: 'Secret',
          name: 'web-keys',
          change: 'added',
          diff: `@@ -0,0 +1,1 @@\n+  token: ${HELM_MASK}\n`,
        },
      ],
    },
    objects: [
      {
        ...SECRET,
        plural: 'secrets',
        namespace: 'shop',
        name: 'web-keys',
        health: 'Healthy',
      },
      {
        ...DEPLOYMENT,
        plural: 'deployments',
        namespace: 'shop',
        name: 'web',
        health: 'Degraded',
        message: 'Image "web:2.0.1" cannot be pulled.',
      },
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        group: 'monitoring.coreos.com',
        namespace: 'shop',
        name: 'web-metrics',
        health: 'Unknown',
        message: 'The cluster does not have this kind.',
      },
    ],
    drift: {
      items: [
        {
          kind: 'Deployment',
          group: 'apps',
          plural: 'deployments',
          namespace: 'shop',
          name: 'web',
          missing: false,
          fields: [{ path: 'spec.replicas', wanted: '3', found: '5' }],
        },
        {
          kind: 'ConfigMap',
          group: 'core',
          plural: 'configmaps',
          namespace: 'shop',
          name: 'web-config',
          missing: true,
          fields: [],
        },
      ],
      unreadable: [
        {
          kind: 'Secret',
          name: 'web-keys',
          message: 'Your role in shop is view.',
        },
      ],
    },
    hidden: { 'db/password': HIDDEN.password, 'web-keys/token': HIDDEN.token },
  });
  const add = (changes: Partial<HelmReleaseView>) =>
    api.addRelease({ views: [aRelease({ ...PLACE, ...changes })] });
  add({
    namespace: 'cart',
    name: 'cart',
    revision: 4,
    status: 'failed',
    updatedAt: minutesAgo(12),
    description:
      'Upgrade "cart" failed: Deployment "cart" is invalid: spec.template.spec.containers[0].image: Required value',
    chart: { name: 'cart', version: '0.9.0', appVersion: '1.4' },
  });
  add({
    cluster: 'staging',
    name: 'queue',
    status: 'pending-install',
    updatedAt: minutesAgo(130),
    description: 'Initial install underway',
    chart: { name: 'queue', version: '2.1.0' },
  });
  add({
    cluster: 'staging',
    name: 'proxy',
    status: 'pending-upgrade',
    revision: 8,
    updatedAt: minutesAgo(1),
    description: 'Preparing upgrade',
  });
  add({
    name: 'search',
    managedBy: 'Flux',
    chart: { ...CHART, name: 'search', deprecated: true },
  });
  add({
    cluster: 'staging',
    namespace: 'guest',
    name: 'blog',
    source: 'objects',
    revision: undefined,
    status: 'unknown',
    updatedAt: undefined,
    description: undefined,
    chart: { name: 'blog', version: '3.0.0' },
    notes: undefined,
    applyMethod: undefined,
    unreadable:
      'Your role in guest on staging is view, which does not include Secrets.',
  });
  return api;
}
