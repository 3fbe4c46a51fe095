import { PackObject, packObjects, packObjectState } from './packObjects';

const named = (version?: string) =>
  packObjects(version).map(
    ({ object }) => `${object.kind} ${object.metadata.name}`,
  );

const POLICIES = [
  'ValidatingAdmissionPolicy identity.berth.dev',
  'ValidatingAdmissionPolicyBinding identity.berth.dev',
  'ValidatingAdmissionPolicy placement.berth.dev',
  'ValidatingAdmissionPolicyBinding placement.berth.dev',
];

describe('the pack', () => {
  it.each([
    [undefined, []],
    ['unknown', []],
    ['v1.29.9', []],
    ['v1.30.0', POLICIES],
    ['v1.33.1-eks-1', POLICIES],
    [
      'v1.36.0',
      [
        ...POLICIES,
        'MutatingAdmissionPolicy defaults.berth.dev',
        'MutatingAdmissionPolicyBinding defaults.berth.dev',
      ],
    ],
  ])('has the objects that the API server %s can have', (version, objects) => {
    expect(named(version)).toEqual(objects);
  });

  it('P20 has a version and a hash on each object', () => {
    const objects = packObjects('v1.36.0').map(({ object }) => object);
    const hashes = objects.map(
      ({ metadata }) => metadata.annotations['berth.dev/pack-hash'],
    );
    expect(new Set(hashes).size).toBe(objects.length);
    for (const hash of hashes) {
      expect(hash).toMatch(/^[0-9a-f]{16}$/);
    }
    for (const { metadata } of objects) {
      expect(metadata.labels).toEqual({ 'berth.dev/pack-version': '1' });
    }
  });

  describe('compared with a cluster', () => {
    const [policy, binding] = packObjects('v1.33.0').map(
      ({ object }) => object,
    );
    const copy = (object: PackObject) => JSON.parse(JSON.stringify(object));

    it('P20 is missing, or current in any order of its fields', () => {
      const { spec } = copy(policy);
      const reversed = Object.fromEntries(Object.entries(spec).reverse());
      expect(packObjectState(policy, undefined)).toBe('missing');
      expect(packObjectState(policy, { spec: reversed })).toBe('current');
      expect(packObjectState(policy, {})).toBe('changed');
      const metadata = { deletionTimestamp: '2027-01-01T00:00:00Z' };
      expect(packObjectState(policy, { metadata, spec })).toBe('missing');
    });

    it.each<[string, (spec: any) => void]>([
      [
        'a namespace that is left out',
        spec => {
          spec.matchConstraints.namespaceSelector.matchExpressions.push({
            key: 'a',
            operator: 'DoesNotExist',
          });
        },
      ],
      [
        'pods that are left out',
        spec => {
          spec.matchConstraints.objectSelector.matchLabels = { a: 'b' };
        },
      ],
      [
        'resources that are left out',
        spec => {
          spec.matchConstraints.excludeResourceRules = [
            {
              apiGroups: ['*'],
              apiVersions: ['*'],
              operations: ['*'],
              resources: ['*'],
            },
          ];
        },
      ],
      [
        'a condition',
        spec => {
          spec.matchConditions = [{ name: 'never', expression: 'false' }];
        },
      ],
      ['a rule less', spec => spec.validations.pop()],
      [
        'a weaker rule',
        spec => {
          spec.validations[0].expression = 'true';
        },
      ],
      [
        'a failure that admits',
        spec => {
          spec.failurePolicy = 'Ignore';
        },
      ],
      [
        'parameters',
        spec => {
          spec.paramKind = { apiVersion: 'v1', kind: 'ConfigMap' };
        },
      ],
    ])('P20 notices in a policy: %s', (_, change) => {
      const { spec } = copy(policy);
      change(spec);
      expect(packObjectState(policy, { spec })).toBe('changed');
    });

    it.each<[string, (spec: any) => void]>([
      [
        'only warnings',
        spec => {
          spec.validationActions = ['Warn'];
        },
      ],
      [
        'another policy',
        spec => {
          spec.policyName = 'other';
        },
      ],
      [
        'namespaces that are left out',
        spec => {
          spec.matchResources = {
            namespaceSelector: { matchLabels: { a: 'b' } },
          };
        },
      ],
    ])('P20 notices in a binding: %s', (_, change) => {
      const { spec } = copy(binding);
      change(spec);
      expect(packObjectState(binding, { spec })).toBe('changed');
    });
  });
});
