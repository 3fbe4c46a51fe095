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
const CLASS = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'web' },
  spec: { controller: 'a' },
};
const CONSTRAINTS = {
  apiVersion: 'security.openshift.io/v1',
  kind: 'SecurityContextConstraints',
  metadata: { name: 'web' },
  allowPrivilegedContainer: false,
};
const SYNC = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'web' },
  spec: { path: 'a' },
};
const VOLUME = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'web' },
  spec: { hostPath: { path: '/data' } },
};
const SPACE = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'web', annotations: { roles: 'reader' } },
};
const TOKEN_OF = 'kubernetes.io/service-account.name';
const TOKEN = {
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'kubernetes.io/service-account-token',
  metadata: { name: 'web', annotations: { [TOKEN_OF]: 'web' } },
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
      'the data of a Secret',
      [{ ...TOKEN, data: { a: 'YQ==' } }],
      [{ ...TOKEN, data: { a: 'Yg==' } }],
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
      'the annotations of a Namespace',
      [SPACE],
      [{ ...SPACE, metadata: { name: 'web', annotations: {} } }],
    ],
    ['the type of a Secret', [TOKEN], [{ ...TOKEN, type: 'Opaque' }]],
    [
      'whose token a Secret gets',
      [TOKEN],
      [
        {
          ...TOKEN,
          metadata: { name: 'web', annotations: { [TOKEN_OF]: 'admin' } },
        },
      ],
    ],
    ['a volume', [VOLUME], [{ ...VOLUME, spec: { hostPath: { path: '/' } } }]],
    ['a class', [CLASS], [{ ...CLASS, spec: { controller: 'b' } }]],
    [
      'an object of the cluster of another group',
      [CONSTRAINTS],
      [{ ...CONSTRAINTS, allowPrivilegedContainer: true }],
    ],
    ['a custom resource', [SYNC], [{ ...SYNC, spec: { path: 'b' } }]],
    [
      'rights in the API of OpenShift',
      [{ ...BINDING, apiVersion: 'authorization.openshift.io/v1' }],
      [
        {
          ...BINDING,
          apiVersion: 'authorization.openshift.io/v1',
          roleRef: { name: 'admin' },
        },
      ],
    ],
    [
      'data in a namespace of the system',
      [{ ...CONFIG, metadata: { name: 'aws-auth', namespace: 'kube-system' } }],
      [
        {
          ...CONFIG,
          metadata: { name: 'aws-auth', namespace: 'kube-system' },
          data: {},
        },
      ],
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
