import {
  AdmissionCase,
  describeWithControlPlane,
  judgeAdmission,
} from '@berth/control-plane';
import { pullSecretObjects, pullSecretPolicy } from './pullSecrets';

// The program that judges takes its time on a busy machine.
jest.setTimeout(60_000);

const TYPE = 'kubernetes.io/dockerconfigjson';
const GROUP = 'oidc:cluster-reconciler';
const PORTAL = { username: 'oidc:berth:reconciler', groups: [GROUP] };
const ACCOUNT = {
  username: 'system:serviceaccount:berth-system:reconciler',
  groups: ['system:serviceaccounts'],
};
const NAMES = ['harbor', 'ghcr'];

function namespace(name: string, labels?: Record<string, string>) {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, ...(labels && { labels }) },
  };
}

const NAMESPACES = [
  namespace('team-a', { 'app.kubernetes.io/managed-by': 'berth' }),
  namespace('helm', { 'app.kubernetes.io/managed-by': 'Helm' }),
  namespace('kube-system'),
];

interface Written {
  name?: string;
  type?: string;
  in?: string;
}

function secret({
  name = 'berth-pull-harbor',
  type = TYPE,
  in: place = 'team-a',
}: Written = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...(name && { name }), namespace: place },
    ...(type && { type }),
  };
}

/** A write of the portal; the old and the new object are the same unless they are given. */
function write(
  operation: 'CREATE' | 'UPDATE' | 'DELETE',
  written: Written = {},
  more: Partial<AdmissionCase> = {},
): AdmissionCase {
  return {
    operation,
    userInfo: PORTAL,
    ...(operation !== 'DELETE' && { object: secret(written) }),
    ...(operation !== 'CREATE' && { oldObject: secret(written) }),
    ...more,
  };
}

const ALLOWED: [string, AdmissionCase][] = [
  ['create', write('CREATE')],
  ['create another of the names', write('CREATE', { name: 'berth-pull-ghcr' })],
  ['change', write('UPDATE')],
  ['delete', write('DELETE')],
];

const DENIED: [string, AdmissionCase][] = [
  ['create another name', write('CREATE', { name: 'berth-pull-x' })],
  [
    'create a name of a prefix',
    write('CREATE', { name: 'berth-pull-harbor2' }),
  ],
  ['create without a name', write('CREATE', { name: '' })],
  [
    'create the token of an account',
    write('CREATE', { type: 'kubernetes.io/service-account-token' }),
  ],
  ['create another type', write('CREATE', { type: 'Opaque' })],
  [
    'create the older type',
    write('CREATE', { type: 'kubernetes.io/dockercfg' }),
  ],
  ['create without a type', write('CREATE', { type: '' })],
  ['create in kube-system', write('CREATE', { in: 'kube-system' })],
  ['create in a foreign namespace', write('CREATE', { in: 'helm' })],
  [
    'change an opaque Secret',
    write('UPDATE', {}, { oldObject: secret({ type: 'Opaque' }) }),
  ],
  [
    'change the type',
    write('UPDATE', {}, { object: secret({ type: 'Opaque' }) }),
  ],
  ['change another name', write('UPDATE', { name: 'registry' })],
  ['change in kube-system', write('UPDATE', { in: 'kube-system' })],
  ['delete another name', write('DELETE', { name: 'registry' })],
  ['delete another type', write('DELETE', { type: 'Opaque' })],
  [
    'delete a collection',
    {
      operation: 'DELETE',
      resource: 'secrets',
      namespace: 'team-a',
      userInfo: PORTAL,
    },
  ],
];

describe('the objects of the feature pullSecrets', () => {
  it('P14 S39 name each Secret in the rights, and hold no right to read one', () => {
    const [, , role, binding] = pullSecretObjects({
      groupsPrefix: 'oidc:',
      names: NAMES,
    }).map(({ object }) => object);
    expect(role).toMatchObject({
      metadata: { name: 'berth:pull-secrets' },
      rules: [
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: ['berth-pull-harbor', 'berth-pull-ghcr'],
          verbs: ['create', 'patch', 'delete'],
        },
        {
          apiGroups: ['admissionregistration.k8s.io'],
          resourceNames: ['pull-secrets.berth.dev'],
          verbs: ['get'],
        },
      ],
    });
    expect(binding).toMatchObject({
      subjects: [{ kind: 'Group', name: GROUP }],
    });
  });

  it('P14 S39 do not exist without names, as a rule without names is for all Secrets', () => {
    expect(() => pullSecretObjects({ groupsPrefix: '', names: [] })).toThrow();
  });
});

describeWithControlPlane('the policy of the feature pullSecrets', () => {
  const policies = pullSecretPolicy({
    groupsPrefix: 'oidc:',
    serviceAccount: true,
    names: NAMES,
  }).map(({ object }) => object);
  const judge = (cases: AdmissionCase[], celVersion?: string) =>
    judgeAdmission([...policies, ...NAMESPACES], cases, { celVersion });

  it.each(['1.30', undefined])(
    'P14 S39 lets the portal write only credentials for registries, by their names, in namespaces of its own (%s)',
    async celVersion => {
      const cases = [...ALLOWED, ...DENIED];
      const verdicts = await judge(
        cases.map(([, one]) => one),
        celVersion,
      );
      const allowed = cases.filter((_, index) => verdicts[index].allowed);
      expect(allowed).toEqual(ALLOWED);
      for (const { policies: judged } of verdicts) {
        expect(judged).toEqual([
          expect.objectContaining({ outcome: 'evaluated' }),
        ]);
      }
    },
  );

  it('P14 S39 binds the service account of the portal as well, and nobody else', async () => {
    const opaque = { type: 'Opaque' };
    const verdicts = await judge([
      write('CREATE', opaque, { userInfo: ACCOUNT }),
      write('CREATE', {}, { userInfo: ACCOUNT }),
      write('CREATE', opaque, { userInfo: { username: 'ada' } }),
      write('CREATE', opaque, {
        userInfo: { username: 'ada', groups: ['cluster-reconciler'] },
      }),
    ]);
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(verdicts[0].message).toContain(
      `Berth may write only Secrets of the type ${TYPE}`,
    );
  });
});
