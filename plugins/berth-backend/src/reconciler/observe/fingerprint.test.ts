import { KubeObject } from '../../kube';
import { desired } from '../desired';
import { fingerprint, isCovered } from './fingerprint';

const RBAC = 'rbac.authorization.k8s.io';
const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'a', labels: { 'berth.dev/cluster-id': 'c' } },
};
const binding = {
  apiVersion: `${RBAC}/v1`,
  kind: 'RoleBinding',
  metadata: { name: 'berth:admin:a', namespace: 'a' },
  roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'admin' },
  subjects: [{ apiGroup: RBAC, kind: 'Group', name: 'a' }],
};
const quota = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'berth', namespace: 'a' },
  spec: { hard: { cpu: '1', memory: '1Gi' } },
};
const limits = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'berth', namespace: 'a' },
  spec: { limits: [{ type: 'Container', default: { cpu: '500m' } }] },
};
const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'a' },
  spec: {
    podSelector: { matchLabels: { version: '1' } },
    policyTypes: ['Ingress'],
    ingress: [],
    egress: [{ ports: [{ protocol: 'TCP', port: 80 }] }],
  },
};
const withMetadata = (object: KubeObject, metadata: object) => ({
  ...object,
  metadata: { ...object.metadata, ...metadata },
});

describe('fingerprint', () => {
  it.each<[string, KubeObject, object]>([
    [
      'a label of others',
      namespace,
      withMetadata(namespace, {
        labels: { theirs: 'x', ...namespace.metadata.labels },
      }),
    ],
    [
      'an annotation of others',
      binding,
      withMetadata(binding, {
        annotations: { theirs: 'x' },
      }),
    ],
    [
      'what the API server adds',
      binding,
      withMetadata(binding, {
        uid: 'u',
        resourceVersion: '7',
        creationTimestamp: 'now',
        managedFields: [],
      }),
    ],
    ['a status', quota, { ...quota, status: { used: { cpu: '1' } } }],
    [
      'another spelling of quantities',
      quota,
      {
        ...quota,
        spec: { hard: { memory: '1024Mi', cpu: '1000m' } },
      },
    ],
    [
      'another spelling in limits',
      limits,
      {
        ...limits,
        spec: { limits: [{ default: { cpu: '0.5' }, type: 'Container' }] },
      },
    ],
    [
      'rules that are none',
      policy,
      {
        ...policy,
        spec: {
          egress: policy.spec.egress,
          podSelector: policy.spec.podSelector,
          policyTypes: ['Ingress'],
        },
      },
    ],
  ])('S42 is the same despite %s', (_what, one, other) => {
    expect(fingerprint(other as KubeObject)).toBe(fingerprint(one));
  });

  it.each<[string, KubeObject, object]>([
    ['a label of ours', namespace, withMetadata(namespace, { labels: {} })],
    [
      'an annotation of ours',
      namespace,
      withMetadata(namespace, {
        annotations: { 'berth.dev/group': 'x' },
      }),
    ],
    [
      'being deleted',
      namespace,
      withMetadata(namespace, {
        deletionTimestamp: 'now',
      }),
    ],
    [
      'a subject',
      binding,
      {
        ...binding,
        subjects: [{ ...binding.subjects[0], name: 'b' }],
      },
    ],
    [
      'one subject more',
      binding,
      {
        ...binding,
        subjects: [...binding.subjects, binding.subjects[0]],
      },
    ],
    ['no subjects', binding, { ...binding, subjects: undefined }],
    [
      'another role',
      binding,
      {
        ...binding,
        roleRef: { ...binding.roleRef, name: 'edit' },
      },
    ],
    [
      'a Role of that name',
      binding,
      {
        ...binding,
        roleRef: { ...binding.roleRef, kind: 'Role' },
      },
    ],
    [
      'more memory',
      quota,
      { ...quota, spec: { hard: { cpu: '1', memory: '2Gi' } } },
    ],
    [
      'a limit more',
      quota,
      {
        ...quota,
        spec: { hard: { ...quota.spec.hard, pods: '1' } },
      },
    ],
    [
      'another default',
      limits,
      {
        ...limits,
        spec: { limits: [{ type: 'Container', default: { cpu: '501m' } }] },
      },
    ],
    [
      'a rule that lets all in',
      policy,
      { ...policy, spec: { ...policy.spec, ingress: [{}] } },
    ],
    ['no rules', policy, { ...policy, spec: { ...policy.spec, egress: [] } }],
    [
      'a label that is the same quantity',
      policy,
      {
        ...policy,
        spec: {
          ...policy.spec,
          podSelector: { matchLabels: { version: '1000m' } },
        },
      },
    ],
    [
      'a port with this name',
      policy,
      {
        ...policy,
        spec: {
          ...policy.spec,
          egress: [{ ports: [{ protocol: 'TCP', port: '80' }] }],
        },
      },
    ],
  ])('S34 differs by %s', (_what, one, other) => {
    expect(fingerprint(other as KubeObject)).not.toBe(fingerprint(one));
  });

  it.each([null, 7, 'text', [null], [7], {}])(
    'S32 accepts %j as subjects, role and spec',
    nonsense => {
      for (const object of [
        { ...binding, subjects: nonsense, roleRef: nonsense },
        { ...quota, spec: nonsense },
        { ...policy, spec: nonsense },
        { ...namespace, status: nonsense },
      ]) {
        expect(fingerprint(object as KubeObject)).toMatch(/^[\w-]{22}$/);
      }
    },
  );

  it('covers all desired fields, and reports otherwise', () => {
    const [share] = desired({ id: 'c', usernamePrefix: '', groupsPrefix: '' }, [
      { group: 'group:default/a', kubernetesName: 'a', namespace: 'a' },
    ]);
    for (const object of [share.namespace, ...share.objects]) {
      expect(isCovered(object)).toBe(true);
    }
    expect(isCovered(withMetadata(namespace, { labels: { x: 'y' } }))).toBe(
      false,
    );
  });
});
