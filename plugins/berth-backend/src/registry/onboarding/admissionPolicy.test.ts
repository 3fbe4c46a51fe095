import { CelInput, run } from '@bufbuild/cel';
import { admissionPolicyObjects } from './admissionPolicy';

/** A write in the form of admission, with the parts of `AdmissionRequest` that the admission policy reads. */
interface Write {
  /** The labels of the object's namespace; undefined for an object without a namespace. */
  namespaceLabels?: Labels;
  resource: string;
  group?: string;
  operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  /** Fields of the request that are absent when empty. */
  at?: { subResource?: string; namespace?: string; name?: string };
  before?: Labels;
  after?: Labels;
}

/** The value `none` means an object without the field. */
type Labels = Record<string, string> | 'none';

const managed = { 'app.kubernetes.io/managed-by': 'berth', team: 'a' };
const foreign = { 'app.kubernetes.io/managed-by': 'Helm' };
const RBAC = 'rbac.authorization.k8s.io';
const NETWORK_POLICIES = {
  resource: 'networkpolicies',
  group: 'networking.k8s.io',
};

/** Evaluates the policy in the same order as an API server. */
function admit(
  write: Write,
  options: {
    groupsPrefix?: string;
    callerGroups?: string[];
    username?: string;
    serviceAccount?: boolean;
  } = {},
): 'not matched' | 'allowed' | 'denied' {
  const {
    groupsPrefix = '',
    callerGroups = ['cluster-reconciler'],
    username = 'berth:reconciler',
    serviceAccount,
  } = options;
  const { spec } = admissionPolicyObjects(groupsPrefix, { serviceAccount })[0]
    .object;
  const bindings: Record<string, CelInput> = {
    request: toCel({
      operation: write.operation,
      ...write.at,
      resource: { group: write.group ?? '', resource: write.resource },
      userInfo: { username, groups: callerGroups },
    }),
    object: toCel(objectWith(write.after)),
    oldObject: toCel(objectWith(write.before)),
    namespaceObject: toCel(objectWith(write.namespaceLabels)),
  };
  const matched = spec!.matchConditions!.every(
    ({ expression }) => evaluate(expression, bindings) === true,
  );
  if (!matched) {
    return 'not matched';
  }
  bindings.variables = toCel(
    Object.fromEntries(
      spec!.variables!.map(({ name, expression }) => [
        name,
        evaluate(expression, bindings),
      ]),
    ),
  );
  return evaluate(spec!.validations![0].expression, bindings)
    ? 'allowed'
    : 'denied';
}

/** An expression that cannot be evaluated denies by `failurePolicy: Fail`; the tests allow no such expression. */
function evaluate(expression: string, bindings: Record<string, CelInput>) {
  const result = run(expression, bindings);
  if (typeof result !== 'boolean') {
    throw new Error(`${expression}: ${result}`);
  }
  return result;
}

function objectWith(labels: Labels | undefined) {
  if (labels === undefined) {
    return null;
  }
  return { metadata: { name: 'x', ...(labels !== 'none' && { labels }) } };
}

function toCel(value: unknown): CelInput {
  if (Array.isArray(value)) {
    return value.map(toCel);
  }
  return typeof value === 'object' && value !== null
    ? new Map(Object.entries(value).map(([key, one]) => [key, toCel(one)]))
    : (value as CelInput);
}

function inNamespace(
  namespaceLabels: Labels,
  operation: Write['operation'],
): Write {
  return {
    resource: 'rolebindings',
    group: RBAC,
    operation,
    namespaceLabels,
    ...(operation !== 'CREATE' && { before: managed }),
    ...(operation !== 'DELETE' && { after: managed }),
  };
}

function namespace(
  operation: Write['operation'],
  before?: Labels,
  after?: Labels,
): Write {
  return { resource: 'namespaces', operation, before, after };
}

describe('the admission policy', () => {
  it.each<[string, Write]>([
    ['create a binding inside', inNamespace(managed, 'CREATE')],
    ['update a binding inside', inNamespace(managed, 'UPDATE')],
    ['delete a binding inside', inNamespace(managed, 'DELETE')],
    [
      'create a network policy inside',
      { ...inNamespace(managed, 'CREATE'), ...NETWORK_POLICIES },
    ],
    ['create a namespace of its own', namespace('CREATE', undefined, managed)],
    ['update a namespace of its own', namespace('UPDATE', managed, managed)],
    ['delete a namespace of its own', namespace('DELETE', managed)],
  ])('lets the portal %s', (_, write) => {
    expect(admit(write)).toBe('allowed');
  });

  it.each<[string, Write]>([
    ['create a binding in kube-system', inNamespace('none', 'CREATE')],
    ['create a binding in a foreign one', inNamespace(foreign, 'CREATE')],
    ['update a binding in a foreign one', inNamespace(foreign, 'UPDATE')],
    ['delete a binding in a foreign one', inNamespace({}, 'DELETE')],
    [
      'create a network policy in a foreign one',
      { ...inNamespace(foreign, 'CREATE'), ...NETWORK_POLICIES },
    ],
    ['connect in a foreign namespace', inNamespace(foreign, 'CONNECT')],
    ['create an unlabelled namespace', namespace('CREATE', undefined, 'none')],
    ['create a foreign namespace', namespace('CREATE', undefined, foreign)],
    ['label an existing namespace', namespace('UPDATE', 'none', managed)],
    ['take over a foreign namespace', namespace('UPDATE', foreign, managed)],
    ['let go of its namespace', namespace('UPDATE', managed, 'none')],
    ['relabel its namespace', namespace('UPDATE', managed, foreign)],
    ['delete a foreign namespace', namespace('DELETE', foreign)],
    ['delete an unlabelled namespace', namespace('DELETE', 'none')],
    [
      'create a cluster role, however it is labelled',
      {
        resource: 'clusterroles',
        group: RBAC,
        operation: 'CREATE',
        after: managed,
      },
    ],
    [
      'create what is only called "namespaces"',
      {
        resource: 'namespaces',
        group: 'example.com',
        operation: 'CREATE',
        after: managed,
      },
    ],
  ])('S39 keeps the portal from: %s', (_, write) => {
    expect(admit(write)).toBe('denied');
  });

  it('does not affect other users', () => {
    const write = inNamespace('none', 'CREATE');
    for (const callerGroups of [[], ['system:masters'], ['cluster-admins']]) {
      expect(admit(write, { callerGroups })).toBe('not matched');
    }
  });

  it.each(['oidc:', `a"b`, 'a\\', `" in [] || true || "`, `'${'`'}$\{x}`])(
    'S20 matches exactly the group with the prefix %j',
    groupsPrefix => {
      const write = inNamespace('none', 'CREATE');
      const matches = (...callerGroups: string[]) =>
        admit(write, { groupsPrefix, callerGroups });
      expect(matches(`${groupsPrefix}cluster-reconciler`)).toBe('denied');
      expect(matches('cluster-reconciler', groupsPrefix)).toBe('not matched');
    },
  );

  it.each(['authentication.k8s.io', 'authorization.k8s.io'])(
    'allows the portal reviews of %s, which change nothing',
    group => {
      const question: Write = {
        group,
        resource: 'selfsubjectaccessreviews',
        operation: 'CREATE',
        after: 'none',
      };
      expect(admit(question)).toBe('not matched');
    },
  );

  describe('when the portal uses a service account', () => {
    const asAccount = {
      serviceAccount: true,
      username: 'system:serviceaccount:berth-system:reconciler',
      callerGroups: ['system:serviceaccounts'],
    };

    it('S39 restricts that account, and no other', () => {
      const write = inNamespace('none', 'CREATE');
      expect(admit(write, asAccount)).toBe('denied');
      expect(admit(inNamespace(managed, 'CREATE'), asAccount)).toBe('allowed');
      const other = 'system:serviceaccount:berth-system:other';
      expect(admit(write, { ...asAccount, username: other })).toBe(
        'not matched',
      );
    });

    it.each([
      [{}, 'not matched'],
      [{ name: 'default' }, 'denied'],
      [{ namespace: 'kube-system' }, 'denied'],
      [{ subResource: undefined }, 'denied'],
      [{ name: undefined }, 'denied'],
    ])('S39 lets it renew its own token only: %j', (changed, outcome) => {
      const at = Object.fromEntries(
        Object.entries({
          namespace: 'berth-system',
          name: 'reconciler',
          subResource: 'token',
          ...changed,
        }).filter(([, value]) => value !== undefined),
      );
      const renewal: Write = {
        resource: 'serviceaccounts',
        operation: 'CREATE',
        namespaceLabels: 'none',
        at,
      };
      expect(admit(renewal, asAccount)).toBe(outcome);
    });
  });

  it('fails closed, and applies to every kind of write', () => {
    const [policy, binding] = admissionPolicyObjects('').map(
      ({ object }) => object,
    );
    expect(policy).toMatchObject({
      metadata: { name: 'fence.berth.dev' },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['*'],
              apiVersions: ['*'],
              resources: ['*/*'],
              operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
            },
          ],
        },
      },
    });
    expect(binding.spec).toEqual({
      policyName: 'fence.berth.dev',
      validationActions: ['Deny'],
    });
  });
});
