import { ConflictError, InputError } from '@backstage/errors';
import { isDnsLabel } from '@berth/plugin-berth-common';
import fc from 'fast-check';
import { kubernetesNameFor, planGroupNames } from './groupNames';
import { GroupName, GroupNameSpec } from '../model/tenancy';

describe('kubernetesNameFor', () => {
  it.each([
    ['group:default/team-a', undefined, 'team-a'],
    ['group:acme/7up', undefined, '7up'],
    ['group:default/Team-A', 'team-a', 'team-a'],
    ['group:default/team_a', 'team-a-2', 'team-a-2'],
  ])('%s, given %s, is called %s', (groupRef, given, expected) => {
    expect(kubernetesNameFor(groupRef, given)).toBe(expected);
  });

  it.each([
    ['a reserved scope', 'group:default/cluster-scope', /reserved/],
    ['reserved admins', 'group:default/cluster-admins', /reserved/],
    ['the reconciler', 'group:default/cluster-reconciler', /reserved/],
    ['a system namespace', 'group:default/kube-system', /system namespace/],
    ['the default namespace', 'group:default/default', /system namespace/],
    ['a system group', 'group:default/system:masters', /group's entity ref/],
    ['mixed case', 'group:default/Team-A', /"Team-A".*lowercase/],
    ['an underscore', 'group:default/team_a', /"team_a".*lowercase/],
    ['a dot', 'group:default/team.a', /"team.a".*lowercase/],
    ['a final hyphen', 'group:default/team-', /group's entity ref/],
    ['a zero-width space', 'group:default/te\u200bam', /te\\u\{200b\}am/],
    ['a Cyrillic homoglyph', 'group:default/te\u0430m', /te\\u\{430\}m/],
    ['a full-width letter', 'group:default/\uff54eam', /\\u\{ff54\}eam/],
    [
      'a character that lowercases to k',
      'group:default/\u212a8s',
      /\\u\{212a\}/,
    ],
  ])('S17 refuses %s', (_, groupRef, message) => {
    expect(() => kubernetesNameFor(groupRef)).toThrow(InputError);
    expect(() => kubernetesNameFor(groupRef)).toThrow(message);
  });

  it.each([
    'system:masters',
    'cluster-admins',
    'Team-A',
    'te\u200bam',
    'te\u0430m',
    '',
    'a'.repeat(64),
    'kube-system',
    'berth-system',
  ])('S17 refuses %j as a given name', given => {
    expect(() => kubernetesNameFor('group:default/team-a', given)).toThrow(
      InputError,
    );
  });

  it('S17 shows invisible characters of a given name and names the group', () => {
    expect(() =>
      kubernetesNameFor('group:default/team-a', 'te\u200bam'),
    ).toThrow(/"group:default\/team-a": "te\\u\{200b\}am" cannot be/);
  });
});

describe('planGroupNames', () => {
  const held: GroupName[] = [
    { groupRef: 'group:default/team-a', name: 'team-a' },
    { groupRef: 'group:default/cafe', name: 'cafe' },
  ];

  it('adds missing names and keeps the others', () => {
    expect(
      planGroupNames(
        [
          { groupRef: 'group:default/team-a' },
          { groupRef: 'group:default/Team-A', given: 'team-a' },
          { groupRef: 'group:acme/team-b' },
          { groupRef: 'group:acme/Team_C', given: 'team-c' },
        ],
        held,
      ),
    ).toEqual([
      { groupRef: 'group:acme/team-b', name: 'team-b' },
      { groupRef: 'group:acme/team_c', name: 'team-c' },
    ]);
  });

  it.each<[string, GroupNameSpec]>([
    ['another catalog namespace', { groupRef: 'group:acme/team-a' }],
    ['a given name', { groupRef: 'group:acme/x', given: 'team-a' }],
  ])('S18 refuses the name of another group: %s', (_, spec) => {
    const act = () => planGroupNames([spec], held);
    expect(act).toThrow(ConflictError);
    expect(act).toThrow(spec.groupRef);
    expect(act).toThrow('group:default/team-a');
    expect(act).toThrow('"names"');
  });

  it.each<[string, GroupNameSpec, string]>([
    ['case', { groupRef: 'group:acme/Team-A' }, 'group:default/team-a'],
    ['"_"', { groupRef: 'group:acme/team_a' }, 'group:default/team-a'],
    ['"."', { groupRef: 'group:acme/team.a' }, 'group:default/team-a'],
    [
      'composed Unicode',
      { groupRef: 'group:acme/caf\u00e9' },
      'group:default/cafe',
    ],
    [
      'decomposed Unicode',
      { groupRef: 'group:acme/cafe\u0301' },
      'group:default/cafe',
    ],
    [
      'zero width',
      { groupRef: 'group:acme/x', given: 'te\u200bam-a' },
      'group:default/team-a',
    ],
  ])('S18 refuses a look-alike by %s, naming both', (_, spec, holder) => {
    const act = () => planGroupNames([spec], held);
    expect(act).toThrow(InputError);
    expect(act).toThrow('group:acme/');
    expect(act).toThrow(`the name of ${holder}`);
  });

  it('S17 refuses to share again under a name that became reserved', () => {
    const act = () =>
      planGroupNames(
        [{ groupRef: 'group:default/berth-ops' }],
        [{ groupRef: 'group:default/berth-ops', name: 'berth-ops' }],
      );
    expect(act).toThrow(InputError);
    expect(act).toThrow('Rename the group in the catalog');
  });

  it('S17 lets a share under a name that became reserved stay', () => {
    const spec = { groupRef: 'group:default/berth-ops', isShared: true };
    const existing = [
      { groupRef: 'group:default/berth-ops', name: 'berth-ops' },
    ];
    expect(
      planGroupNames([spec, { groupRef: 'group:default/team-b' }], existing),
    ).toEqual([{ groupRef: 'group:default/team-b', name: 'team-b' }]);
  });

  it('S18 refuses a collision within one request, naming both', () => {
    const act = () =>
      planGroupNames(
        [{ groupRef: 'group:b/ops' }, { groupRef: 'group:a/ops' }],
        [],
      );
    expect(act).toThrow(ConflictError);
    expect(act).toThrow(
      'group:a/ops cannot be called "ops" on clusters: that is the name of group:b/ops',
    );
  });

  it('S18 names the other group even if it is later in the request', () => {
    expect(() =>
      planGroupNames(
        [{ groupRef: 'group:a/dev_ops' }, { groupRef: 'group:a/dev-ops' }],
        [],
      ),
    ).toThrow(/a\/dev_ops.*the name of group:a\/dev-ops/);
  });

  it('keeps a name forever', () => {
    const act = () =>
      planGroupNames(
        [{ groupRef: 'group:default/team-a', given: 'other' }],
        held,
      );
    expect(act).toThrow(ConflictError);
    expect(act).toThrow(/called "team-a".*cannot become "other"/);
  });

  it('reports all problems at once', () => {
    expect(() =>
      planGroupNames(
        [
          { groupRef: 'group:default/team_b' },
          { groupRef: 'group:acme/team-a' },
          { groupRef: 'group:default/cluster-admins' },
        ],
        held,
      ),
    ).toThrow(/team_b.*cluster-admins.*acme\/team-a/s);
  });

  it('S18 never assigns a name twice, nor a name that is not a DNS label', () => {
    const name = fc.oneof(
      fc.stringMatching(/^[abA_.-]{1,4}$/),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    const spec = fc.record(
      {
        groupRef: fc
          .tuple(fc.constantFrom('default', 'acme', 'Acme'), name)
          .map(
            ([namespace, metadataName]) => `group:${namespace}/${metadataName}`,
          ),
        given: fc.option(name, { nil: undefined }),
      },
      { requiredKeys: ['groupRef'] },
    );
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 8 }), specs => {
        const table: GroupName[] = [];
        const refusals: unknown[] = [];
        for (const one of specs) {
          try {
            table.push(...planGroupNames([one], table));
          } catch (error) {
            refusals.push(error);
          }
        }
        expect(
          refusals.every(
            error =>
              error instanceof InputError || error instanceof ConflictError,
          ),
        ).toBe(true);
        const names = table.map(row => row.name);
        expect(new Set(names).size).toBe(names.length);
        expect(new Set(table.map(row => row.groupRef)).size).toBe(table.length);
        expect(names.every(isDnsLabel)).toBe(true);
      }),
    );
  });
});
