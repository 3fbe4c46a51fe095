import {
  NamespaceRecord,
  PersonalNamespaceRecord,
  QuotaPlacement,
} from '../model/tenancy';
import { desired } from './desired';
import { needsPack } from './pack/needsPack';
import { Profile } from './profiles/types';
import { Tenants } from './types';

const CLUSTER = { id: '01JDKX', usernamePrefix: '', groupsPrefix: '' };
const SHARE = {
  group: 'group:default/team-a',
  kubernetesName: 'team-a',
  namespace: 'team-a',
};
const DENY = {
  podSelector: {},
  policyTypes: ['Ingress' as const],
  ingress: [],
  egress: [],
};
const PROFILE: Profile = {
  name: 'isolated',
  networkPolicies: [{ name: 'deny', spec: DENY }],
};

function namespace(
  name: string,
  more: Partial<NamespaceRecord> = {},
): NamespaceRecord {
  return {
    clusterId: CLUSTER.id,
    name,
    origin: 'request',
    phase: 'Active',
    state: 'Ready',
    since: '2026-11-21T00:00:00.000Z',
    createdAt: '2026-11-21T00:00:00.000Z',
    ...more,
  };
}

/** Describes the policies of a subject, such as `share deny in team-a`, without other objects. */
function policiesOf(
  shares: (typeof SHARE)[],
  namespaces: NamespaceRecord[],
  tenants: Partial<Tenants> = { profiles: { group: PROFILE } },
): string[] {
  return desired(CLUSTER, shares, {
    namespaces,
    grants: [],
    quotas: [],
    ...tenants,
  }).flatMap(({ subject, objects }) =>
    objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(
        ({ metadata }) =>
          `${subject.type} ${metadata.name} in ${metadata.namespace}`,
      ),
  );
}

describe('desired namespaces', () => {
  it.each([
    ['of a group', SHARE.group, SHARE.group],
    ['of nobody, so that a former owner goes', undefined, ''],
  ])('name their owner: %s', (_, owner, annotation) => {
    const namespaces = [namespace('shop', { owner })];
    const [shop] = desired(CLUSTER, [], { namespaces, grants: [], quotas: [] });
    expect(shop.namespace.metadata.annotations).toEqual({
      'berth.dev/group': annotation,
    });
  });
});

const QUOTA = {
  clusterId: CLUSTER.id,
  namespace: 'classy',
  hard: {},
  limits: [],
  priorityClasses: [],
  state: 'Ready' as const,
  since: '2026-11-21T00:00:00.000Z',
};

describe('desired nodes', () => {
  it('P16 are those of the size class, or else of the settings of the cluster; none in an adopted namespace', () => {
    const quota = {
      ...QUOTA,
      placement: { nodeSelector: { pool: 'gpu' }, tolerations: [] },
    };
    const subjects = desired(
      { ...CLUSTER, nodePlacement: { nodeSelector: { pool: 'shared' } } },
      [],
      {
        namespaces: [
          namespace('classy'),
          namespace('plain'),
          namespace('taken', { origin: 'adopted' }),
        ],
        grants: [],
        quotas: [quota, { ...quota, namespace: 'taken' }],
        profiles: {
          group: {
            name: 'pools',
            networkPolicies: [],
            placement: { from: 'cluster', enforce: true },
          },
        },
      },
    );
    const selectors = subjects.map(({ namespace: { metadata } }) => [
      metadata.name,
      metadata.annotations?.['berth.dev/node-selector'],
    ]);
    expect(Object.fromEntries(selectors)).toEqual({
      classy: 'pool=gpu',
      plain: 'pool=shared',
      taken: undefined,
    });
  });
});

describe('desired labels', () => {
  it('P19 need the policy pack for a size class with nodes, also without a profile, and for pull secrets', () => {
    const read = (placement?: QuotaPlacement) =>
      desired(CLUSTER, [], {
        namespaces: [namespace('train')],
        grants: [],
        quotas: [{ ...QUOTA, namespace: 'train', placement }],
      }).map(one => one.namespace);
    expect(
      needsPack(read({ nodeSelector: { pool: 'gpu' }, tolerations: [] })),
    ).toBe(true);
    expect(needsPack(read())).toBe(false);
    const [{ namespace: pulling }] = desired(CLUSTER, [], {
      namespaces: [namespace('train')],
      grants: [],
      quotas: [],
      profiles: {
        group: { name: 'one', networkPolicies: [], pullSecrets: ['harbor'] },
      },
    });
    expect(needsPack([pulling])).toBe(true);
  });
});

describe('desired IDs', () => {
  it.each([
    ['of the person', 'e1', '12345'],
    ['of no former person of the same name', 'e2', undefined],
  ])('P8 P13 are those %s', (_, userUid, runAsUser) => {
    const user = 'user:default/alice';
    const key = { clusterId: CLUSTER.id, name: 'alice' };
    const values = {
      runAsUser: 12345,
      runAsGroup: 100,
      supplementalGroups: [],
    };
    const [alice] = desired(CLUSTER, [], {
      namespaces: [namespace('alice', { owner: user, origin: 'personal' })],
      personal: [{ ...key, user, userUid, role: 'admin', made: true }],
      grants: [],
      quotas: [],
      profiles: {
        personal: {
          name: 'ids',
          networkPolicies: [],
          identity: { uid: 'uid', gid: 'gid', minimum: 1000 },
        },
      },
      identities: new Map([
        [user, { owner: user, used: { entityUid: 'e1', values }, since: '' }],
      ]),
    });
    const { labels, annotations } = alice.namespace.metadata;
    expect(labels?.['berth.dev/identity']).toBe('enforced');
    expect(annotations?.['berth.dev/run-as-user']).toBe(runAsUser);
    expect(alice.held?.cause).toBe(
      runAsUser === undefined ? 'IdentityUnknown' : undefined,
    );
  });
});

describe('desired homes', () => {
  it('P9 P10 have a name of their own, next to the name of the group in tokens', () => {
    const cluster = { ...CLUSTER, usernamePrefix: '', groupsPrefix: 'portal:' };
    const share = { ...SHARE, namespace: 'x-team-a' };
    const [home] = desired(cluster, [share]);
    expect(home.namespace.metadata.name).toBe('x-team-a');
    expect(home.objects).toMatchObject([
      {
        metadata: { name: 'berth:admin:team-a', namespace: 'x-team-a' },
        subjects: [{ kind: 'Group', name: 'portal:team-a' }],
      },
    ]);
  });
});

describe('desired policies', () => {
  it('are labelled as ours', () => {
    const [share] = desired(CLUSTER, [SHARE], {
      namespaces: [],
      grants: [],
      quotas: [],
      profiles: { group: PROFILE },
    });
    expect(share.objects.map(({ kind }) => kind)).toEqual([
      'NetworkPolicy',
      'RoleBinding',
    ]);
    expect(share.objects[0]).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: 'deny',
        namespace: 'team-a',
        labels: {
          'app.kubernetes.io/managed-by': 'berth',
          'berth.dev/cluster-id': '01JDKX',
        },
      },
      spec: DENY,
    });
  });

  it("are in groups' homes and in requested namespaces", () => {
    const home = namespace('team-a', { origin: 'share', owner: SHARE.group });
    expect(policiesOf([SHARE], [home, namespace('shop')])).toEqual([
      'share deny in team-a',
      'namespace deny in shop',
    ]);
  });

  it('are not made in namespaces that were taken over, not even in homes', () => {
    const adopted = { origin: 'adopted' as const };
    const all = [namespace('team-a', adopted), namespace('legacy', adopted)];
    expect(policiesOf([SHARE], all)).toEqual([]);
    expect(
      desired(CLUSTER, [], {
        namespaces: [all[1]],
        grants: [],
        quotas: [],
        profiles: { group: PROFILE },
      }),
    ).toMatchObject([
      { subject: { type: 'namespace', name: 'legacy' }, objects: [] },
    ]);
  });

  it('stay in an existing home after its share ended', () => {
    const home = namespace('team-a', { origin: 'share', uid: 'u-1' });
    expect(policiesOf([], [home])).toEqual(['namespace deny in team-a']);
    expect(policiesOf([], [{ ...home, uid: undefined }])).toEqual([]);
    // Without rules, only the fields of a former profile go.
    for (const group of [undefined, { ...PROFILE, networkPolicies: [] }]) {
      const tenants = {
        namespaces: [home],
        grants: [],
        quotas: [],
        profiles: { group },
      };
      expect(desired(CLUSTER, [], tenants)).toMatchObject([
        {
          subject: { type: 'namespace', name: 'team-a' },
          cleanUp: true,
          objects: [],
        },
      ]);
      expect(
        desired(CLUSTER, [], {
          ...tenants,
          namespaces: [{ ...home, uid: undefined }],
        }),
      ).toEqual([]);
    }
  });

  it.each<[string, Partial<Profile>]>([
    ['labels', { labels: { 'example.com/tier': 'a' } }],
    ['pull secrets', { pullSecrets: ['harbor'] }],
  ])(
    'P1 a former home keeps the %s of a profile without policies',
    (_, rules) => {
      const home = namespace('team-a', { origin: 'share', uid: 'u-1' });
      const profile = { ...PROFILE, networkPolicies: [], ...rules };
      const tenants = { namespaces: [home], grants: [], quotas: [] };
      const found = desired(CLUSTER, [], {
        ...tenants,
        profiles: { group: profile },
      });
      expect(found).toHaveLength(1);
      expect(found[0].subject).toEqual({ type: 'namespace', name: 'team-a' });
    },
  );

  it('stay in a namespace that is being deleted', () => {
    const shop = namespace('shop', {
      deletingSince: '2026-11-21T00:00:00.000Z',
    });
    expect(policiesOf([], [shop])).toEqual(['namespace deny in shop']);
    const found = desired(CLUSTER, [], {
      ...{ namespaces: [shop], grants: [], quotas: [] },
      profiles: { group: PROFILE },
    });
    expect(found.map(one => one.deleting)).toEqual([true]);
  });

  it('are not made on clusters without a profile', () => {
    expect(policiesOf([SHARE], [namespace('shop')], {})).toEqual([]);
  });
});

describe('desired personal namespaces', () => {
  const ALICE: PersonalNamespaceRecord = {
    clusterId: CLUSTER.id,
    name: 'alice',
    user: 'user:default/alice',
    userUid: 'uid-alice',
    role: 'edit',
    made: false,
  };
  const OWN = namespace('alice', { origin: 'personal', owner: ALICE.user });

  function subjectsOf(
    person: Partial<PersonalNamespaceRecord> = {},
    more: Partial<Tenants> = {},
  ) {
    return desired({ ...CLUSTER, usernamePrefix: 'oidc:' }, [], {
      namespaces: [OWN],
      grants: [],
      quotas: [],
      personal: [{ ...ALICE, ...person }],
      ...more,
    });
  }

  function bindingsOf(subjects: ReturnType<typeof subjectsOf>) {
    return subjects.flatMap(({ objects }) =>
      objects.filter(({ kind }) => kind === 'RoleBinding'),
    );
  }

  it.each([
    ['user:default/alice', 'oidc:user:alice'],
    ['user:acme/alice', 'oidc:user:acme/alice'],
  ])('P7 P10 give the role to %s alone, as %s', (user, name) => {
    expect(bindingsOf(subjectsOf({ user }))).toEqual([
      expect.objectContaining({
        metadata: expect.objectContaining({
          name: expect.stringMatching(
            /^berth:personal:edit:[0-9a-f]{16}:[0-9a-f]{16}$/,
          ),
          namespace: 'alice',
        }),
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: 'edit',
        },
        subjects: [
          { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name },
        ],
      }),
    ]);
  });

  it('P8 P21 give the role to another owner by another binding, which is new access', () => {
    const names = [
      { user: 'user:default/alice' },
      { user: 'user:default/bob' },
      { user: 'user:default/bob', userUid: 'made again' },
    ].map(person => bindingsOf(subjectsOf(person))[0].metadata.name);
    expect(new Set(names).size).toBe(3);
  });

  it('P8 give no role to a user who is not in the catalog, and keep the namespace', () => {
    const subjects = subjectsOf({ absentSince: '2026-11-21T00:00:00.000Z' });
    expect(bindingsOf(subjects)).toEqual([]);
    expect(subjects).toMatchObject([
      { namespace: { metadata: { name: 'alice' } } },
    ]);
  });

  it('P8 give no role in a namespace that is no longer personal', () => {
    const given = namespace('alice', { owner: 'group:default/team-a' });
    expect(
      bindingsOf(subjectsOf({ made: true }, { namespaces: [given] })),
    ).toEqual([]);
  });

  it('P6 are not created again once they were seen', () => {
    expect(subjectsOf({ made: false })[0]).not.toHaveProperty('createdOnce');
    expect(subjectsOf({ made: true })[0]).toHaveProperty('createdOnce', true);
  });

  it('have the profile for personal namespaces', () => {
    const profiles = {
      personal: { name: 'people', networkPolicies: [], labels: { tier: 'p' } },
      group: { name: 'teams', networkPolicies: [], labels: { tier: 'g' } },
    };
    expect(subjectsOf({}, { profiles })[0].namespace.metadata).toMatchObject({
      labels: { tier: 'p' },
      annotations: { 'berth.dev/group': 'user:default/alice' },
    });
    expect(
      desired(CLUSTER, [SHARE], {
        namespaces: [],
        grants: [],
        quotas: [],
        profiles,
      })[0].namespace.metadata.labels,
    ).toMatchObject({ tier: 'g' });
  });
});
