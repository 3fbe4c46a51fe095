import { Endpoint, KubeClient, KubeError } from '../../kube';
import { admissionPolicyObjects } from '../onboarding/admissionPolicy';
import { serviceAccountObjects } from '../onboarding/serviceAccount';
import { ClusterRecord } from '../../model/clusters';
import { clockFinding } from './checks/clock';
import { includesFields } from '../../model/includesFields';
import { admissionPolicyCheck } from './checks/admissionPolicy';
import { prefixesFinding } from './checks/prefixes';
import { bindingProblem, roleProblem } from './checks/roles';
import { explainRefusal } from './checks/token';
import { inspectPortalNamespace } from './portalNamespace';
import { CheckContext, Facts } from './types';

const cluster = {
  id: '01JD0000000000000000000000',
  connection: 'oidc',
  usernamePrefix: '',
  groupsPrefix: '',
} as ClusterRecord;

describe('clockFinding', () => {
  it.each([
    [0, 'Passed', /^Clocks agree \(0\.0 s apart\)$/],
    [-4_900, 'Passed', /^Clocks agree \(4\.9 s apart\)$/],
    [30_000, 'Warning', /30 s ahead of the portal's: tokens expire early/],
    [
      -61_000,
      'Failed',
      /61 s behind the portal's: tokens are accepted .* after/,
    ],
  ])('%d ms ahead: %s', (ahead, status, message) => {
    expect(clockFinding(ahead)).toMatchObject({
      status,
      message: expect.stringMatching(message),
    });
  });
});

describe('prefixesFinding', () => {
  const seen = (
    username: string | undefined,
    groups: string[] | undefined,
    settings = {},
  ) => prefixesFinding({ ...cluster, ...settings }, { username, groups });

  it.each([
    ['berth:reconciler', ['cluster-reconciler', 'system:authenticated'], {}],
    [
      'x:berth:reconciler',
      ['y:cluster-reconciler'],
      { usernamePrefix: 'x:', groupsPrefix: 'y:' },
    ],
    ['berth:reconciler', undefined, {}],
  ])('passes %s in %j', (username, groups, settings) => {
    expect(seen(username, groups, settings).status).toBe('Passed');
  });

  it.each([
    [
      'https://portal.example.com/api/oidc#berth:reconciler',
      ['cluster-reconciler'],
      {},
      'UsernamePrefix',
      'The API server puts “https://portal.example.com/api/oidc#” before names, and this cluster is set to nothing',
    ],
    [
      'berth:reconciler',
      ['cluster-reconciler'],
      { groupsPrefix: 'oidc:' },
      'GroupsPrefix',
      'The API server puts nothing before names, and this cluster is set to “oidc:”',
    ],
    [
      'alice@example.com',
      [],
      {},
      'UsernamePrefix',
      'The API server sees alice@example.com, where berth:reconciler was expected',
    ],
    [
      'berth:reconciler',
      ['system:authenticated'],
      {},
      'GroupsPrefix',
      'The API server sees system:authenticated, where cluster-reconciler was expected',
    ],
  ])(
    'reports the problem with %s in %j, set to %j',
    (username, groups, settings, cause, message) => {
      expect(seen(username, groups, settings)).toMatchObject({
        status: 'Failed',
        cause,
        message,
        hint: expect.any(String),
      });
    },
  );

  it('is skipped if the API server reports no names', () => {
    expect(seen(undefined, undefined).status).toBe('Skipped');
  });
});

describe('refusal', () => {
  const now = new Date('2026-11-21T12:00:00.000Z');
  const refused = new KubeError('Unauthorized', 'refuses the token (401)');
  const endpoint: Endpoint = {
    address: '10.0.0.1',
    certificate: { subject: 's', issuer: 'i', validTo: now },
  };
  const why = (
    facts: Facts,
    {
      expiry,
      connection = 'oidc',
      status = { state: 'Unauthorized', lastSeenAt: '2026-11-20T00:00:00Z' },
    }: {
      expiry?: string;
      connection?: string;
      status?: ClusterRecord['status'];
    } = {},
  ) =>
    explainRefusal(
      {
        cluster: { ...cluster, connection, status },
        facts: { endpoint, ...facts },
      },
      refused,
      expiry ? new Date(expiry) : undefined,
      now,
    );

  it.each<[string, ReturnType<typeof why>]>([
    ['NotSetUp', why({}, { status: { state: 'Unauthorized' } })],
    [
      'NotSetUp',
      why({ issuerProblem: 'it is down' }, { status: { state: 'Pending' } }),
    ],
    ['Audience', why({}, { status: { state: 'Forbidden' } })],
    ['Audience', why({})],
    ['Issuer', why({ issuerProblem: 'it is down' })],
    ['ClockSkew', why({ endpoint: { ...endpoint, clockAheadMs: 601_000 } })],
    ['Audience', why({ endpoint: { ...endpoint, clockAheadMs: 599_000 } })],
    [
      'Expired',
      why(
        {},
        { expiry: '2026-11-21T11:59:59.000Z', connection: 'serviceAccount' },
      ),
    ],
    [
      'Unauthorized',
      why(
        {},
        { expiry: '2026-11-21T13:00:00.000Z', connection: 'serviceAccount' },
      ),
    ],
    [
      'Unauthorized',
      why({ issuerProblem: 'it is down' }, { connection: 'serviceAccount' }),
    ],
  ])('%s', (cause, finding) => {
    expect(finding).toMatchObject({
      status: 'Failed',
      cause,
      message: expect.stringMatching(/^refuses the token \(401\)\. ./),
      hint: expect.any(String),
    });
  });
});

describe('roleProblem', () => {
  const rule = (verbs: string[], resources = ['nodes']) => ({
    rules: [{ apiGroups: [''], resources, verbs }],
  });

  it('compares rights, not their notation', () => {
    const wanted = rule(['get', 'list'], ['nodes', 'pods']);
    const written = {
      rules: [
        ...rule(['list', 'get']).rules,
        ...rule(['get', 'list'], ['pods']).rules,
      ],
    };
    expect(roleProblem(wanted, written)).toBeUndefined();
  });

  it('allows the right to delete namespaces', () => {
    expect(
      roleProblem(
        rule(['get'], ['namespaces']),
        rule(['get', 'delete'], ['namespaces']),
      ),
    ).toBeUndefined();
  });

  it.each([
    [rule(['get']), 'lacks list nodes'],
    [rule(['get', 'list', 'delete']), 'gives delete nodes as well'],
    [rule(['*']), 'lacks get nodes, list nodes and gives * nodes as well'],
    [{}, 'lacks get nodes, list nodes'],
  ])('%j: %s', (found, problem) => {
    expect(roleProblem(rule(['get', 'list']), found)).toBe(problem);
  });
});

describe('bindingProblem', () => {
  const binding = (name: string, ...groups: string[]) => ({
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name,
    },
    subjects: groups.map(group => ({ kind: 'Group', name: group })),
  });

  it.each([
    [binding('a', 'g'), undefined],
    [binding('b', 'g'), 'is to ClusterRole b instead of ClusterRole a'],
    [binding('a'), 'is not for Group g'],
    [binding('a', 'h'), 'is not for Group g but for Group h'],
    [binding('a', 'g', 'h'), 'is for Group h as well'],
  ])('%j: %s', (found, problem) => {
    expect(bindingProblem(binding('a', 'g'), found)).toBe(problem);
  });
});

describe('inspectPortalNamespace', () => {
  const binding = (
    name: string,
    roleRef: { kind: string; name: string },
    ...subjects: object[]
  ) => ({
    metadata: { name, namespace: 'berth-system' },
    roleRef,
    subjects,
  });
  const renewal = serviceAccountObjects()[4].object as object;
  const group = { kind: 'Group', name: 'team-b' };

  function inspect(labels: object | undefined, ...bindings: object[]) {
    return inspectPortalNamespace(
      {
        get: async () =>
          labels && { metadata: { name: 'berth-system', labels } },
        async *list() {
          yield* bindings;
        },
      } as Partial<KubeClient> as KubeClient,
      'berth-system',
    );
  }

  it('accepts the objects of the manifest and those that OpenShift adds', async () => {
    await expect(inspect(undefined)).resolves.toEqual({
      exists: false,
      problems: [],
    });
    await expect(
      inspect(
        { 'kubernetes.io/metadata.name': 'berth-system' },
        renewal,
        binding(
          'system:image-pullers',
          { kind: 'ClusterRole', name: 'system:image-puller' },
          { kind: 'Group', name: 'system:serviceaccounts:berth-system' },
        ),
        binding(
          'system:deployers',
          { kind: 'ClusterRole', name: 'system:deployer' },
          {
            kind: 'ServiceAccount',
            namespace: 'berth-system',
            name: 'deployer',
          },
        ),
      ),
    ).resolves.toEqual({ exists: true, problems: [] });
  });

  it.each([
    [
      {},
      [
        binding(
          'berth:admin:team-b',
          { kind: 'ClusterRole', name: 'admin' },
          group,
        ),
      ],
      'the RoleBinding berth:admin:team-b gives ClusterRole admin to Group team-b',
    ],
    [
      {},
      [{ ...renewal, subjects: [group] }],
      'the RoleBinding berth:renew-token gives Role berth:renew-token to Group team-b',
    ],
    [
      {},
      [
        binding(
          'x',
          { kind: 'ClusterRole', name: 'system:deployer' },
          { kind: 'ServiceAccount', namespace: 'other', name: 'deployer' },
        ),
      ],
      'the RoleBinding x gives ClusterRole system:deployer to ServiceAccount deployer',
    ],
    [
      { 'app.kubernetes.io/managed-by': 'berth' },
      [renewal],
      'its labels mark it as a namespace that Berth made for people',
    ],
    [
      { 'berth.dev/cluster-id': '01JDKX' },
      [],
      'its labels mark it as a namespace that Berth made for people',
    ],
  ])(
    'S39 names others who have access: %j %j',
    async (labels, found, problem) => {
      await expect(inspect(labels, ...found)).resolves.toEqual({
        exists: true,
        problems: [problem],
      });
    },
  );
});

describe('admissionPolicyCheck', () => {
  const [policy, binding] = admissionPolicyObjects('').map(
    ({ object }) => object,
  );
  const defaulted = {
    ...policy,
    spec: {
      ...policy.spec,
      matchConstraints: {
        ...(policy.spec as any).matchConstraints,
        matchPolicy: 'Equivalent',
        namespaceSelector: {},
      },
    },
  };

  function check(
    version: string,
    ...answers: (object | KubeError | undefined)[]
  ) {
    const get = jest.fn();
    for (const answer of answers) {
      if (answer instanceof KubeError) {
        get.mockRejectedValueOnce(answer);
      } else {
        get.mockResolvedValueOnce(answer);
      }
    }
    return admissionPolicyCheck.run({
      cluster,
      client: { get } as Partial<KubeClient> as KubeClient,
      facts: { version },
      signal: new AbortController().signal,
    } as CheckContext);
  }

  it.each<[string, string | undefined, (object | KubeError | undefined)[]]>([
    ['Passed', undefined, [defaulted, binding]],
    ['Failed', 'Missing', [undefined, binding]],
    ['Failed', 'Missing', [defaulted, undefined]],
    [
      'Failed',
      'Differs',
      [
        { ...policy, spec: { ...policy.spec, failurePolicy: 'Ignore' } },
        binding,
      ],
    ],
    [
      'Failed',
      'Differs',
      [
        defaulted,
        { ...binding, spec: { ...binding.spec, validationActions: ['Audit'] } },
      ],
    ],
    ['Warning', 'Unknown', [new KubeError('Forbidden', 'no')]],
    ['Skipped', undefined, [new KubeError('NotFound', 'no such path')]],
  ])('%s %s', async (status, cause, answers) => {
    await expect(check('v1.33.1', ...answers)).resolves.toMatchObject({
      status,
      ...(cause && { cause }),
    });
  });

  it('requires nothing of a version without admission policies', async () => {
    await expect(check('v1.29.0')).resolves.toMatchObject({
      status: 'Warning',
      cause: 'NotSupported',
    });
  });

  it.each([
    [{ a: 1, scope: '*', matchPolicy: 'Equivalent' }, { a: 1 }, true],
    [{ a: 1, objectSelector: {} }, { a: 1 }, true],
    [{ a: 1, b: 2 }, { a: 1 }, false],
    [{ a: 1, objectSelector: { matchLabels: { b: 'c' } } }, { a: 1 }, false],
    [{ a: 1, excludeResourceRules: [{}] }, { a: 1 }, false],
    [{ a: 1, matchPolicy: 'Exact' }, { a: 1 }, false],
    [{ a: [1, 2] }, { a: [1] }, false],
    [{ a: [{ b: 1, scope: '*' }] }, { a: [{ b: 1 }] }, true],
    [{ a: [{ b: 1, scope: 'Cluster' }] }, { a: [{ b: 1 }] }, false],
    [{}, { a: 1 }, false],
    [undefined, { a: 1 }, false],
    [{ a: null }, { a: {} }, false],
    [{ a: '1' }, { a: 1 }, false],
  ])('%j includesFields %j: %s', (found, wanted, expected) => {
    expect(includesFields(found, wanted)).toBe(expected);
  });
});
