import fc from 'fast-check';
import { OnboardingFeature } from '@berth/plugin-berth-common';
import { parseAllDocuments } from 'yaml';
import { packObjects } from '../../policyPack';
import { decideAdmissionPolicy } from './admissionPolicy';
import { createOnboardingManifest } from './manifest';

const cluster = {
  id: '01JD0000000000000000000000',
  name: 'prod01',
  connection: 'oidc',
  usernamePrefix: '',
  groupsPrefix: '',
};
const issuer = 'https://portal.example.com/api/oidc';

function manifest(
  version = 'v1.33.1',
  changes: Partial<typeof cluster> = {},
  features: OnboardingFeature[] = [],
) {
  return createOnboardingManifest({
    version,
    features,
    pullSecrets: ['harbor'],
    cluster: { ...cluster, ...changes },
    issuer,
    admissionPolicy: decideAdmissionPolicy('auto', version),
  });
}

function objects(text: string): any[] {
  return parseAllDocuments(text)
    .map(document => document.toJS())
    .filter(object => object !== null);
}

const names = (text: string) =>
  objects(text).map(({ kind, metadata }) => `${kind} ${metadata.name}`);

const RBAC_OBJECTS = [
  'ClusterRole berth:cluster-scope',
  'ClusterRole berth:reconciler',
  'ClusterRoleBinding berth:cluster-scope',
  'ClusterRoleBinding berth:cluster-admins',
  'ClusterRoleBinding berth:reconciler',
];

describe('createOnboardingManifest', () => {
  it.each([
    ['v1.20.2', false],
    ['v1.29.9', false],
    ['v1.30.0', true],
    ['v1.33.1-eks-1', true],
    ['v2.0.0', true],
    ['unknown', false],
  ])('puts the admission policy up on %s: %s', (version, hasPolicy) => {
    expect(names(manifest(version))).toEqual([
      ...RBAC_OBJECTS,
      ...(hasPolicy
        ? [
            'ValidatingAdmissionPolicy fence.berth.dev',
            'ValidatingAdmissionPolicyBinding fence.berth.dev',
          ]
        : []),
    ]);
  });

  it('lists the flags that the API server needs, with the id of the cluster', () => {
    const text = manifest('v1.33.1', { groupsPrefix: 'oidc:' });
    for (const flag of [
      `--oidc-issuer-url=${issuer}`,
      `--oidc-client-id=${cluster.id}`,
      '--oidc-username-claim=sub',
      '--oidc-username-prefix=-',
      '--oidc-groups-claim=groups',
      '--oidc-groups-prefix=oidc:',
    ]) {
      expect(text).toContain(`#     ${flag}\n`);
    }
  });

  it('binds each token group, with the prefix of the cluster', () => {
    const bindings = objects(manifest('v1.33.1', { groupsPrefix: 'oidc:' }))
      .filter(object => object.kind === 'ClusterRoleBinding')
      .map(object => [object.subjects[0].name, object.roleRef.name]);
    expect(bindings).toEqual([
      ['oidc:cluster-scope', 'berth:cluster-scope'],
      ['oidc:cluster-admins', 'cluster-admin'],
      ['oidc:cluster-reconciler', 'berth:reconciler'],
    ]);
  });

  it('S39 gives the reconciler no secrets, no exec, no escalation and no wildcard', () => {
    const role = objects(manifest()).find(
      object => object.metadata.name === 'berth:reconciler',
    );
    const granted = role.rules.flatMap((rule: any) =>
      rule.resources.flatMap((resource: string) =>
        rule.verbs.map(
          (verb: string) =>
            `${verb} ${resource}${
              rule.resourceNames ? ` ${rule.resourceNames.join()}` : ''
            }`,
        ),
      ),
    );
    expect(
      granted.filter((grant: string) => /\*|secrets|pods|exec/.test(grant)),
    ).toEqual([]);
    expect(
      granted.filter((grant: string) =>
        /escalate|impersonate|bind /.test(grant),
      ),
    ).toEqual(['bind clusterroles admin,edit,view']);
    expect(
      granted.filter((grant: string) =>
        /(create|patch|update|delete) cluster/.test(grant),
      ),
    ).toEqual([]);
    expect(granted).not.toContain('delete namespaces');
  });

  const PACK_RIGHTS = [
    'ClusterRole berth:policy-pack',
    'ClusterRoleBinding berth:policy-pack',
  ];
  const POLICIES = ['identity', 'placement'].flatMap(name => [
    `ValidatingAdmissionPolicy ${name}.berth.dev`,
    `ValidatingAdmissionPolicyBinding ${name}.berth.dev`,
  ]);
  const DEFAULTS = [
    'MutatingAdmissionPolicy defaults.berth.dev',
    'MutatingAdmissionPolicyBinding defaults.berth.dev',
  ];

  it.each([
    ['v1.29.9', [], /NOT in this file: the cluster runs v1.29.9/],
    ['unknown', [], /NOT in this file: .*could not be read/],
    ['v1.32.0', [...PACK_RIGHTS, ...POLICIES], /cannot keep groups of images/],
    ['v1.35.0', [...PACK_RIGHTS, ...POLICIES], /cannot add defaults/],
    ['v1.36.0', [...PACK_RIGHTS, ...POLICIES, ...DEFAULTS], /is in this file/],
  ])(
    'P20 has the pack on %s, and explains what is missing',
    (version, pack, text) => {
      const withPack = manifest(version, {}, ['pack']);
      expect(names(withPack)).toEqual([...names(manifest(version)), ...pack]);
      expect(withPack).toMatch(text);
    },
  );

  it('P20 writes each object of the pack as it is compared later', () => {
    const written = objects(manifest('v1.36.0', {}, ['pack']));
    const wanted = packObjects('v1.36.0').map(({ object }) => object);
    expect(written.slice(-wanted.length)).toEqual(wanted);
  });

  it('S39 P20 lets the portal read the pack, and not write it', () => {
    const all = objects(
      manifest(
        'v1.36.0',
        { connection: 'serviceAccount', groupsPrefix: 'oidc:' },
        ['pack'],
      ),
    );
    const [role, binding] = all.filter(
      ({ metadata }) => metadata.name === 'berth:policy-pack',
    );
    expect(role.rules).toEqual([
      {
        apiGroups: ['admissionregistration.k8s.io'],
        resources: expect.arrayContaining(['mutatingadmissionpolicies']),
        resourceNames: [
          'identity.berth.dev',
          'placement.berth.dev',
          'defaults.berth.dev',
        ],
        verbs: ['get', 'list', 'watch'],
      },
    ]);
    expect(binding.subjects).toEqual([
      {
        kind: 'Group',
        apiGroup: 'rbac.authorization.k8s.io',
        name: 'oidc:cluster-reconciler',
      },
      {
        kind: 'ServiceAccount',
        namespace: 'berth-system',
        name: 'reconciler',
      },
    ]);
  });

  it.each([
    [
      'v1.29.9',
      false,
      /pullSecrets is NOT in this file: the cluster runs v1.29.9/,
    ],
    ['unknown', false, /pullSecrets is NOT in this file: .*could not be read/],
    ['v1.30.0', true, /pullSecrets is in this file/],
  ])('P14 has pull secrets on %s: %s', (version, has, text) => {
    const withSecrets = manifest(version, {}, ['pullSecrets']);
    expect(names(withSecrets)).toEqual([
      ...names(manifest(version)),
      ...(has
        ? [
            'ValidatingAdmissionPolicy pull-secrets.berth.dev',
            'ValidatingAdmissionPolicyBinding pull-secrets.berth.dev',
            'ClusterRole berth:pull-secrets',
            'ClusterRoleBinding berth:pull-secrets',
          ]
        : []),
    ]);
    expect(withSecrets).toMatch(text);
  });

  it('S20 keeps its structure with any names', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'x\n---\nkind: Secret',
        '"\n  - kind: User\n    name: eve',
        '\u2028---\u2028',
        "' || true || '",
        '{{x}}',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, (groupsPrefix, usernamePrefix) => {
        const text = manifest('v1.33.1', { groupsPrefix, usernamePrefix });
        const [, , ...rest] = objects(text);
        expect(names(text).slice(0, 5)).toEqual(RBAC_OBJECTS);
        expect(names(text)).toHaveLength(7);
        expect(rest[0].subjects).toEqual([
          {
            kind: 'Group',
            apiGroup: 'rbac.authorization.k8s.io',
            name: `${groupsPrefix}cluster-scope`,
          },
        ]);
      }),
    );
  });
});
