import { KubeObject } from '../../kube';
import { desired, ownLabels } from '../desired';
import { NamespaceRecord } from '../../model/tenancy';
import { RoleBindingObject } from '../types';
import { classifyLeftover } from './classifyLeftover';

const CLUSTER = {
  id: '01JDKXCLUSTER0000000000000',
  groupsPrefix: 'oidc:',
  usernamePrefix: 'portal:',
};
const GROUP = {
  apiGroup: 'rbac.authorization.k8s.io',
  kind: 'Group',
  name: 'oidc:team-a',
};

function object(
  kind: string,
  name: string,
  metadata: Partial<KubeObject['metadata']> = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      namespace: 'shop',
      uid: 'uid-1',
      labels: ownLabels(CLUSTER.id),
      ...metadata,
    },
  };
}

function binding(
  change: Partial<RoleBindingObject> = {},
  name = 'berth:edit:team-a',
): RoleBindingObject {
  return {
    ...object('RoleBinding', name),
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'edit',
    },
    subjects: [GROUP],
    ...change,
  };
}

/** The binding that Berth makes in a personal namespace. */
function personalBinding(
  user: string,
  change: Partial<RoleBindingObject> = {},
): RoleBindingObject {
  const place = { clusterId: CLUSTER.id, name: 'shop' };
  const [{ objects }] = desired(CLUSTER, [], {
    namespaces: [
      { ...place, origin: 'personal', owner: user } as NamespaceRecord,
    ],
    grants: [],
    quotas: [],
    personal: [{ ...place, user, userUid: 'u', role: 'edit', made: true }],
  });
  const made = objects.find(({ kind }) => kind === 'RoleBinding')!;
  return {
    ...(made as RoleBindingObject),
    metadata: { ...made.metadata, uid: 'uid-1' },
    ...change,
  };
}

function classify(
  candidate: KubeObject,
  { inOurNamespace = true, namespaces = ['shop'] } = {},
) {
  return classifyLeftover(
    { object: candidate, inOurNamespace },
    { cluster: CLUSTER, namespaces: new Set(namespaces) },
  );
}

describe('classifyLeftover', () => {
  it.each<[string, RoleBindingObject]>([
    ['of a group', binding()],
    [
      'of a grant that ends',
      binding({
        subjects: [{ ...GROUP, name: 'oidc:grant:01JDKXGRANT000000000000000' }],
      }),
    ],
  ])('S35 is certain of a binding %s', (_, candidate) => {
    expect(classify(candidate, { namespaces: [] })).toEqual({
      key: {
        kind: 'RoleBinding',
        namespace: 'shop',
        name: 'berth:edit:team-a',
      },
      uid: 'uid-1',
    });
  });

  it.each<[string, KubeObject]>([
    ['of another name', binding({}, 'mine')],
    ['of an unknown role', binding({}, 'berth:cluster-admin:team-a')],
    [
      'to another role',
      binding({ roleRef: { ...binding().roleRef, name: 'view' } }),
    ],
    ['to a Role', binding({ roleRef: { ...binding().roleRef, kind: 'Role' } })],
    ['of another group', binding({ subjects: [{ ...GROUP, name: 'oidc:x' }] })],
    [
      'of a group without the prefix',
      binding({ subjects: [{ ...GROUP, name: 'team-a' }] }),
    ],
    ['of a user', binding({ subjects: [{ ...GROUP, kind: 'User' }] })],
    ['of more subjects', binding({ subjects: [GROUP, GROUP] })],
    ['of no subject', binding({ subjects: undefined })],
  ])('S35 leaves a binding %s to an admin', (_, candidate) => {
    expect(classify(candidate)?.reason).toMatch(/^(Berth makes|it grants)/);
  });

  it.each(['user:default/alice', 'user:acme/alice'])(
    'S35 P8 is certain of the binding of %s in a personal namespace',
    user => {
      const candidate = personalBinding(user);
      const { name } = candidate.metadata;
      expect(classify(candidate, { namespaces: [] })).toEqual({
        key: { kind: 'RoleBinding', namespace: 'shop', name },
        uid: 'uid-1',
      });
    },
  );

  const ALICE = 'user:default/alice';
  const [SUBJECT] = personalBinding(ALICE).subjects ?? [];
  it.each<[string, Partial<RoleBindingObject>]>([
    [
      'of another user',
      { subjects: [{ ...SUBJECT, name: 'portal:user:bob' }] },
    ],
    [
      'of a user without the prefix',
      { subjects: [{ ...SUBJECT, name: 'user:alice' }] },
    ],
    ['of a group', { subjects: [{ ...SUBJECT, kind: 'Group' }] }],
    ['of more subjects', { subjects: [SUBJECT, GROUP] }],
    ['to another role', { roleRef: { ...binding().roleRef, name: 'admin' } }],
  ])('S35 P8 leaves a personal binding %s to an admin', (_, change) => {
    expect(classify(personalBinding(ALICE, change))?.reason).toMatch(
      /^it grants/,
    );
  });

  it.each(['berth:personal:view:', 'berth:personal:edit:'])(
    'S35 P8 leaves a binding %s… of another name to an admin',
    start => {
      expect(classify(binding({}, `${start}${'0'.repeat(16)}`))?.reason).toBe(
        'Berth makes no RoleBinding of this name',
      );
    },
  );

  it('S36 leaves objects outside of our namespaces to an admin', () => {
    expect(classify(binding(), { inOurNamespace: false })?.reason).toBe(
      'the namespace shop is not one that Berth manages',
    );
  });

  it('is certain of a quota only in a namespace that the portal wants', () => {
    const quota = object('ResourceQuota', 'berth');
    expect(classify(quota)?.reason).toBeUndefined();
    expect(classify(quota, { namespaces: [] })?.reason).toBe(
      'the portal does not know its namespace',
    );
    expect(classify(object('LimitRange', 'theirs'))?.reason).toBeDefined();
  });

  it('leaves every network policy to an admin, as people copy them with their labels', () => {
    expect(classify(object('NetworkPolicy', 'deny'))?.reason).toBeDefined();
  });

  it.each<[string, Partial<KubeObject['metadata']>]>([
    ['is being deleted', { deletionTimestamp: '2026-11-29T00:00:00Z' }],
    ['belongs to another cluster', { labels: ownLabels('other') }],
    ['has no UID', { uid: undefined }],
  ])('ignores an object that %s', (_, metadata) => {
    const candidate = binding();
    expect(
      classify({
        ...candidate,
        metadata: { ...candidate.metadata, ...metadata },
      }),
    ).toBeUndefined();
  });
});
