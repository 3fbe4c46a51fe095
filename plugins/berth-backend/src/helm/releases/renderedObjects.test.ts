import { readManifest } from './manifest';
import { renderedDigest } from './renderedObjects';
import { DecodedRelease } from './types';

const CONFIG = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web' },
  data: { made: 'now' },
};
const RBAC = 'rbac.authorization.k8s.io/v1';
const ROLE = {
  apiVersion: RBAC,
  kind: 'Role',
  metadata: { name: 'web', labels: { app: 'web' } },
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
};
const BINDING = {
  apiVersion: RBAC,
  kind: 'RoleBinding',
  metadata: { name: 'web' },
  roleRef: { name: 'view' },
  subjects: [{ name: 'ann' }],
};
const WEBHOOKS = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'web' },
  webhooks: [{ clientConfig: { caBundle: 'a', url: 'https://a' } }],
};
const ACCOUNT = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'web', annotations: { role: 'reader' } },
};
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { template: { metadata: { annotations: { sum: 'a' } }, image: 'a' } },
};
const there = (object: { metadata: object; [field: string]: unknown }) => ({
  ...object,
  metadata: { ...object.metadata, namespace: 'other' },
});

async function digestOf(
  objects: object[],
  hooks: { manifest: object; events: string[] }[] = [],
): Promise<string> {
  const release = {
    manifest: objects.map(one => `---\n${JSON.stringify(one)}\n`).join(''),
    hooks: hooks.map(({ manifest, events }) => ({
      manifest: JSON.stringify(manifest),
      events,
    })),
  } as DecodedRelease;
  const stored = { source: 'secret' as const, objectName: 'a' };
  return renderedDigest(await readManifest(release, stored), 'shop');
}

describe('renderedDigest', () => {
  it.each<[string, object[], object[]]>([
    ['the order', [CONFIG, ROLE], [ROLE, CONFIG]],
    ['the data of a ConfigMap', [CONFIG], [{ ...CONFIG, data: { made: 'b' } }]],
    [
      'the data of a ConfigMap elsewhere',
      [there(CONFIG)],
      [{ ...there(CONFIG), data: {} }],
    ],
    [
      'a Deployment in the namespace',
      [DEPLOYMENT],
      [{ ...DEPLOYMENT, spec: {} }],
    ],
    [
      'annotations elsewhere',
      [there(DEPLOYMENT)],
      [
        there({
          ...DEPLOYMENT,
          spec: { template: { image: 'a', metadata: {} } },
        }),
      ],
    ],
    [
      'the certificate of a webhook',
      [WEBHOOKS],
      [{ ...WEBHOOKS, webhooks: [{ clientConfig: { url: 'https://a' } }] }],
    ],
  ])('does not follow %s', async (_, one, other) => {
    expect(await digestOf(other)).toBe(await digestOf(one));
  });

  it.each<[string, object[], object[]]>([
    ['an object', [CONFIG], [CONFIG, ROLE]],
    ['a name', [CONFIG], [{ ...CONFIG, metadata: { name: 'other' } }]],
    ['a namespace', [CONFIG], [there(CONFIG)]],
    ['a kind', [CONFIG], [{ ...CONFIG, kind: 'Secret' }]],
    ['a group', [DEPLOYMENT], [{ ...DEPLOYMENT, apiVersion: 'b/v1' }]],
    ['rules', [ROLE], [{ ...ROLE, rules: [] }]],
    [
      'the labels of a role',
      [ROLE],
      [{ ...ROLE, metadata: { name: 'web', labels: {} } }],
    ],
    ['subjects', [BINDING], [{ ...BINDING, subjects: [{ name: 'bob' }] }]],
    ['a roleRef', [BINDING], [{ ...BINDING, roleRef: { name: 'admin' } }]],
    [
      'the address of a webhook',
      [WEBHOOKS],
      [{ ...WEBHOOKS, webhooks: [{ clientConfig: { url: 'https://b' } }] }],
    ],
    [
      'the annotations of a ServiceAccount',
      [ACCOUNT],
      [{ ...ACCOUNT, metadata: { name: 'web', annotations: {} } }],
    ],
    [
      'a Deployment elsewhere',
      [there(DEPLOYMENT)],
      [there({ ...DEPLOYMENT, spec: {} })],
    ],
  ])('H5 follows %s', async (_, one, other) => {
    expect(await digestOf(other)).not.toBe(await digestOf(one));
  });

  it('H5 follows the events of hooks, but for tests', async () => {
    const hook = (...events: string[]) =>
      digestOf([], [{ manifest: CONFIG, events }]);
    expect(await hook('pre-upgrade')).not.toBe(await hook('post-upgrade'));
    expect(await hook('pre-upgrade')).not.toBe(await digestOf([CONFIG]));
    expect(await hook('pre-upgrade', 'test')).not.toBe(await digestOf([]));
    expect(await hook('test')).toBe(await digestOf([]));
  });
});
