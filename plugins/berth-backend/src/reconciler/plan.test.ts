import { KubeError, KubeObject } from '../kube';
import { desired } from './desired';
import { keyOf, keyText, namespaceKey } from './keys';
import { foreignNamespaceProblem } from './foreignNamespace';
import { keysToObserve, plan } from './plan';
import { DesiredSubject, InventoryEntry, RoleBindingObject } from './types';

const CLUSTER = {
  id: '01JDKX',
  name: 'prod01',
  usernamePrefix: '',
  groupsPrefix: 'oidc:',
};
const [SHARE] = desired(CLUSTER, [
  {
    group: 'group:default/team-a',
    kubernetesName: 'team-a',
    namespace: 'team-a',
  },
]);
const NAMESPACE_KEY = namespaceKey('team-a');
const BINDING = SHARE.objects[0] as RoleBindingObject;
const BINDING_KEY = keyOf(BINDING);
const BOTH: InventoryEntry[] = [
  { ...NAMESPACE_KEY, uid: 'n-1' },
  { ...BINDING_KEY, uid: 'b-1' },
];

/** The objects as the API server sends them, with its own and other people's additions. */
const namespace = (change: Partial<KubeObject['metadata']> = {}) => ({
  ...SHARE.namespace,
  metadata: {
    ...SHARE.namespace.metadata,
    uid: 'n-1',
    resourceVersion: '7',
    labels: {
      ...SHARE.namespace.metadata.labels,
      'kubernetes.io/metadata.name': 'team-a',
    },
    annotations: { ...SHARE.namespace.metadata.annotations, 'other/x': 'y' },
    ...change,
  },
  status: { phase: 'Active' },
});
const binding = (
  change: Partial<RoleBindingObject> = {},
  metadata: Partial<KubeObject['metadata']> = {},
): RoleBindingObject => ({
  ...BINDING,
  metadata: { ...BINDING.metadata, uid: 'b-1', ...metadata },
  ...change,
});

function planFor(options: {
  shares?: DesiredSubject[];
  objects?: KubeObject[];
  failures?: [string, unknown][];
  inventory?: InventoryEntry[];
}) {
  return plan({
    cluster: CLUSTER,
    desired: options.shares ?? [SHARE],
    observed: {
      objects: new Map(
        (options.objects ?? []).map(object => [keyText(keyOf(object)), object]),
      ),
      failures: new Map(options.failures),
    },
    inventory: options.inventory ?? BOTH,
  });
}
const actionsFor = (options: Parameters<typeof planFor>[0]) =>
  planFor(options).subjects[0].actions.map(({ type }) => type);
const problemFor = (options: Parameters<typeof planFor>[0]) => {
  const { actions, problem } = planFor(options).subjects[0];
  expect(actions).toEqual([]);
  return problem;
};

describe('desired', () => {
  it("gives the group admin in its own namespace, under the cluster's prefix", () => {
    expect(SHARE).toEqual({
      subject: { type: 'share', group: 'group:default/team-a' },
      kubernetesName: 'team-a',
      namespace: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: 'team-a',
          labels: {
            'app.kubernetes.io/managed-by': 'berth',
            'berth.dev/cluster-id': '01JDKX',
          },
          annotations: { 'berth.dev/group': 'group:default/team-a' },
        },
      },
      objects: [
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: {
            name: 'berth:admin:team-a',
            namespace: 'team-a',
            labels: {
              'app.kubernetes.io/managed-by': 'berth',
              'berth.dev/cluster-id': '01JDKX',
            },
          },
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name: 'admin',
          },
          subjects: [
            {
              apiGroup: 'rbac.authorization.k8s.io',
              kind: 'Group',
              name: 'oidc:team-a',
            },
          ],
        },
      ],
    });
  });
});

describe('plan', () => {
  it('S33 is empty for a cluster that matches, whatever others have added', () => {
    expect(planFor({ objects: [namespace(), binding()] })).toEqual({
      revocations: [],
      subjects: [
        {
          subject: SHARE.subject,
          namespace: 'team-a',
          actions: [],
        },
      ],
    });
  });

  it('creates missing objects, the namespace by POST and not by apply', () => {
    expect(actionsFor({ objects: [], inventory: [] })).toEqual([
      'create',
      'apply',
    ]);
    expect(actionsFor({ objects: [namespace()] })).toEqual(['apply']);
  });

  it.each<
    [string, Partial<RoleBindingObject>, Partial<KubeObject['metadata']>]
  >([
    ['no subjects', { subjects: undefined }, {}],
    ['broken subjects', { subjects: {} as never }, {}],
    [
      'another subject',
      { subjects: [{ ...BINDING.subjects![0], name: 'team-b' }] },
      {},
    ],
    [
      'a subject more',
      {
        subjects: [...BINDING.subjects!, { kind: 'User', name: 'mallory' }],
      },
      {},
    ],
    [
      'a user instead of a group',
      { subjects: [{ ...BINDING.subjects![0], kind: 'User' }] },
      {},
    ],
    ['no labels', {}, { labels: undefined }],
    [
      "another portal's label",
      {},
      {
        labels: {
          ...BINDING.metadata.labels,
          'berth.dev/cluster-id': 'x',
        },
      },
    ],
  ])('S34 repairs a binding with %s', (_what, change, metadata) => {
    expect(
      planFor({ objects: [namespace(), binding(change, metadata)] }).subjects[0]
        .actions,
    ).toEqual([{ type: 'apply', object: BINDING, uid: 'b-1' }]);
  });

  it.each([
    {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'view',
    },
    { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'admin' },
  ])('S34 recreates a binding with another role: %j', roleRef => {
    expect(
      planFor({ objects: [namespace(), binding({ roleRef })] }).subjects[0]
        .actions,
    ).toEqual([{ type: 'recreate', object: BINDING, uid: 'b-1' }]);
  });

  it('S34 repairs the labels of a namespace that the inventory knows, by its UID', () => {
    const objects = [namespace({ labels: {} }), binding()];
    expect(planFor({ objects }).subjects[0].actions).toEqual([
      { type: 'apply', object: SHARE.namespace, uid: 'n-1' },
    ]);
  });

  it('adds unknown objects to the inventory, without a write to the cluster', () => {
    const objects = [namespace(), binding()];
    for (const inventory of [
      [],
      [NAMESPACE_KEY, BINDING_KEY],
      BOTH.map(entry => ({ ...entry, uid: 'old' })),
    ]) {
      expect(planFor({ objects, inventory }).subjects[0].actions).toEqual([
        { type: 'record', key: NAMESPACE_KEY, uid: 'n-1' },
        { type: 'record', key: BINDING_KEY, uid: 'b-1' },
      ]);
    }
  });

  it.each<[string, Partial<KubeObject['metadata']>, InventoryEntry[], string?]>(
    [
      ['without our labels', { labels: undefined }, []],
      [
        'with half of our labels',
        { labels: { 'app.kubernetes.io/managed-by': 'berth' } },
        [],
      ],
      [
        "with another portal's labels",
        {
          labels: {
            'app.kubernetes.io/managed-by': 'berth',
            'berth.dev/cluster-id': 'other',
          },
        },
        [],
        'ManagedElsewhere',
      ],
      ['that replaced ours', { labels: {}, uid: 'n-2' }, BOTH],
      ['that was there before our intent', { labels: {} }, [NAMESPACE_KEY]],
    ],
  )(
    'S36 leaves a namespace %s alone',
    (_what, change, inventory, cause = 'NamespaceExists') => {
      const problem = problemFor({ objects: [namespace(change)], inventory });
      expect(problem).toMatchObject({ cause, transient: false });
      expect(problem?.message).toContain(
        'kubectl label --overwrite namespace team-a app.kubernetes.io/managed-by=berth berth.dev/cluster-id=01JDKX',
      );
    },
  );

  it.each([
    [undefined, 'NamespaceExists'],
    ['other', 'ManagedElsewhere'],
    ['former', 'ManagedByFormerRegistration'],
  ])(
    'P8 offers no label by which a person gets a namespace of others (%s)',
    (id, cause) => {
      const labels = id && {
        'app.kubernetes.io/managed-by': 'berth',
        'berth.dev/cluster-id': id,
      };
      const problem = foreignNamespaceProblem(
        namespace({ labels: labels || {} }),
        {
          cluster: CLUSTER,
          wanted: {
            subject: { type: 'namespace', name: 'team-a' },
            personal: true,
          },
          formers: new Map([['former', 'old']]),
        },
      );
      expect(problem).toMatchObject({ cause, transient: false });
      expect(problem.message).not.toMatch(/kubectl label|Take/);
      expect(problem.message).toMatch(
        /kubectl delete namespace team-a\. Otherwise transfer team-a to a group/,
      );
    },
  );

  it.each([
    'kube-system',
    'kube-public',
    'default',
    'openshift-x',
    'berth-system',
    'cluster-admins',
    '',
  ])('S36 does nothing in %j, whatever its labels and the inventory', name => {
    const shares = desired(CLUSTER, [
      { group: 'group:x/y', kubernetesName: name, namespace: name },
    ]);
    expect(
      problemFor({
        shares,
        objects: [namespace({ name })],
        inventory: [{ ...namespaceKey(name), uid: 'n-1' }],
      }),
    ).toMatchObject({ cause: 'NameRefused', transient: false });
    expect(keysToObserve(shares, [])).toEqual([]);
  });

  it('S36 P9 gives a reserved group no home under any name', () => {
    const shares = desired(CLUSTER, [
      {
        group: 'group:x/y',
        kubernetesName: 'cluster-admins',
        namespace: 'team-cluster-admins',
      },
    ]);
    expect(problemFor({ shares })).toMatchObject({ cause: 'NameRefused' });
  });

  it('P6 does not create a personal namespace again that was deleted on the cluster', () => {
    const [wanted] = desired(CLUSTER, [], {
      namespaces: [
        {
          clusterId: CLUSTER.id,
          name: 'alice',
          owner: 'user:default/alice',
          origin: 'personal',
          phase: 'Active',
          state: 'Ready',
          since: '',
          createdAt: '',
        },
      ],
      personal: [
        {
          clusterId: CLUSTER.id,
          name: 'alice',
          user: 'user:default/alice',
          userUid: 'uid-alice',
          role: 'admin',
          made: false,
        },
      ],
      grants: [],
      quotas: [],
    });
    const planned = (createdOnce: boolean) =>
      planFor({ shares: [{ ...wanted, createdOnce }] }).subjects[0];
    expect(planned(false).actions).toMatchObject([
      { type: 'create', object: { kind: 'Namespace' } },
      { type: 'apply', object: { kind: 'RoleBinding' } },
    ]);
    expect(planned(true)).toMatchObject({
      actions: [],
      problem: { cause: 'NamespaceDeleted', transient: false },
    });
  });

  it('P4 gives nobody new access while something else changes a field of the profile', () => {
    const [share] = desired(
      CLUSTER,
      [
        {
          group: 'group:default/team-a',
          kubernetesName: 'team-a',
          namespace: 'team-a',
        },
      ],
      {
        namespaces: [],
        grants: [],
        quotas: [],
        profiles: {
          group: { name: 'p', labels: { tier: 'gold' }, networkPolicies: [] },
        },
      },
    );
    const { metadata } = share.namespace;
    const planned = (inventory: InventoryEntry[]) =>
      planFor({
        shares: [share],
        objects: [
          {
            ...share.namespace,
            metadata: {
              ...metadata,
              uid: 'n-1',
              labels: { ...metadata.labels, tier: 'lead' },
            },
          },
        ],
        inventory,
      }).subjects[0];
    const problem = { cause: 'ProfileOverwritten' };
    expect(planned([{ ...NAMESPACE_KEY, uid: 'n-1' }])).toMatchObject({
      actions: [],
      unplanned: [BINDING_KEY],
      problem,
    });
    expect(planned(BOTH)).toMatchObject({
      actions: [{ type: 'apply', object: { kind: 'RoleBinding' } }],
      problem,
    });
  });

  it('S36 revokes what we made in a namespace whose name is reserved now', () => {
    const shares = desired(CLUSTER, [
      {
        group: 'group:default/berth-ops',
        kubernetesName: 'berth-ops',
        namespace: 'berth-ops',
      },
    ]);
    const bindingKey = keyOf(shares[0].objects[0]);
    const { revocations, subjects } = planFor({
      shares,
      inventory: [
        { ...namespaceKey('berth-ops'), uid: 'n-1' },
        { ...bindingKey, uid: 'b-1' },
      ],
    });
    expect(revocations).toEqual([
      { type: 'delete', key: bindingKey, uid: 'b-1' },
    ]);
    expect(subjects[0]).toMatchObject({
      actions: [],
      problem: { cause: 'NameRefused' },
    });
  });

  it('waits for a namespace that is being deleted, ours or not', () => {
    for (const labels of [{}, undefined, SHARE.namespace.metadata.labels]) {
      expect(
        problemFor({
          objects: [
            namespace({ labels, deletionTimestamp: '2026-11-21T00:00:00Z' }),
          ],
        }),
      ).toMatchObject({ cause: 'NamespaceTerminating', transient: true });
    }
    expect(
      problemFor({
        objects: [
          { ...namespace(), status: { phase: 'Terminating' } } as KubeObject,
        ],
      }),
    ).toMatchObject({ cause: 'NamespaceTerminating' });
  });

  it('S38 does nothing for a share if a part of it could not be read', () => {
    const failure = new KubeError('Forbidden', 'no rights');
    for (const key of [NAMESPACE_KEY, BINDING_KEY]) {
      expect(problemFor({ failures: [[keyText(key), failure]] })).toMatchObject(
        {
          cause: 'Forbidden',
          message: expect.stringContaining('onboarding manifest'),
          transient: true,
        },
      );
    }
  });

  it('makes the namespace for another subject if the first one has a problem', () => {
    const quota: DesiredSubject = {
      subject: { type: 'quota', namespace: 'team-a' },
      namespace: SHARE.namespace,
      objects: [],
    };
    const { subjects } = planFor({
      shares: [SHARE, quota],
      failures: [[keyText(BINDING_KEY), new KubeError('Timeout', 'no answer')]],
      inventory: [],
    });
    expect(subjects).toMatchObject([
      { actions: [], unplanned: [BINDING_KEY] },
      { actions: [{ type: 'create', object: { kind: 'Namespace' } }] },
    ]);
  });

  describe('without the share', () => {
    const revocationsFor = (options: Parameters<typeof planFor>[0]) =>
      planFor({ shares: [], ...options }).revocations;

    it('S35 revokes by the UID of the inventory, whatever the labels, and keeps the namespace', () => {
      for (const objects of [
        [],
        [namespace(), binding()],
        [namespace(), binding({}, { labels: {} })],
      ]) {
        expect(revocationsFor({ objects })).toEqual([
          { type: 'delete', key: BINDING_KEY, uid: 'b-1' },
        ]);
      }
    });

    it('S35 revokes the object of an unfinished creation only if it has our labels', () => {
      const inventory = [BINDING_KEY];
      expect(keysToObserve([], inventory)).toEqual([BINDING_KEY]);
      expect(revocationsFor({ inventory, objects: [binding()] })).toEqual([
        { type: 'delete', key: BINDING_KEY, uid: 'b-1' },
      ]);
      for (const objects of [[], [binding({}, { labels: {} })]]) {
        expect(revocationsFor({ inventory, objects })).toEqual([
          { type: 'forget', key: BINDING_KEY },
        ]);
      }
      expect(
        revocationsFor({
          inventory,
          failures: [[keyText(BINDING_KEY), new Error()]],
        }),
      ).toEqual([]);
    });

    it('S35 revokes nothing that the inventory does not list', () => {
      expect(
        revocationsFor({ inventory: [], objects: [namespace(), binding()] }),
      ).toEqual([]);
    });
  });
});
