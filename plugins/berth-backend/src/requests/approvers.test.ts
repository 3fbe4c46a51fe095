import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ada, caller, olga } from './__testUtils__/replica';
import { Approvers, ownersIn } from './approvers';
import { ApproverKind } from './settings';

const OLGA = 'user:default/olga';
const PLATFORM = 'group:default/platform';

function group(more: {
  approvers?: string;
  owner?: unknown;
  ownedBy?: string[];
  name?: string;
  namespace?: string;
}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name: more.name ?? 'team-a',
      namespace: more.namespace,
      uid: `uid-of-${more.name ?? 'team-a'}`,
      ...(more.approvers !== undefined && {
        annotations: { 'berth.dev/approvers': more.approvers },
      }),
    },
    spec: { owner: more.owner as string },
    relations: (more.ownedBy ?? []).map(targetRef => ({
      type: 'ownedBy',
      targetRef,
    })),
  };
}

describe('the owners of a group', () => {
  it.each([
    [
      'an annotation',
      { approvers: 'user:olga, leads' },
      [OLGA, 'group:default/leads'],
    ],
    [
      'an annotation, which overrides spec.owner',
      { approvers: 'user:olga', owner: 'leads', ownedBy: [PLATFORM] },
      [OLGA],
    ],
    ['an empty annotation', { approvers: '', owner: 'leads' }, []],
    [
      'names that are none',
      { approvers: 'a:b:c,,component:x,user:olga' },
      [OLGA],
    ],
    [
      'its own namespace',
      { approvers: 'ops', namespace: 'acme' },
      ['group:acme/ops'],
    ],
    [
      'its spec and relations, without one',
      { owner: 'user:default/olga', ownedBy: [OLGA, 'group:default/leads'] },
      [OLGA, 'group:default/leads'],
    ],
    ['nothing', {}, []],
    ['a spec that is no name', { owner: { name: 'olga' } }, []],
  ])('are by %s', (_, more, owners) => {
    expect(ownersIn(group(more))).toEqual(owners);
  });
});

describe('who decides', () => {
  const owned = group({ approvers: OLGA });
  const orphan = group({ name: 'team-b' });
  const [a, b] = ['group:default/team-a', 'group:default/team-b'];

  function approvers(kinds: ApproverKind[], holderUid = 'uid-of-team-a') {
    return new Approvers({
      auth: mockServices.auth(),
      authorizer: { require: async () => {} },
      requests: { deciders: async () => [] },
      catalog: catalogServiceMock({ entities: [owned, orphan] }),
      adminGroups: new Set([PLATFORM]),
      grants: {
        groupIdentities: async () => [{ group: a, groupUid: holderUid }],
      },
      kinds,
    });
  }

  it.each<[ApproverKind[], string | undefined, string[]]>([
    [['owners', 'admins'], a, [OLGA, PLATFORM]],
    [['owners', 'admins'], b, [PLATFORM]],
    [['owners', 'admins'], undefined, [PLATFORM]],
    [['owners'], a, [OLGA]],
    [['owners'], b, [PLATFORM]],
    [['owners'], 'group:default/gone', [PLATFORM]],
    [['admins'], a, [PLATFORM]],
  ])('by %p for %s', async (kinds, of, expected) => {
    expect(await approvers(kinds).of(of)).toEqual(expected);
  });

  it('S21 not the owners of a namesake', async () => {
    expect(await approvers(['owners'], 'former').of(a)).toEqual([PLATFORM]);
  });

  it.each([
    [
      'olga',
      olga,
      ['owners', 'admins'],
      { all: false, groups: [a], ownerless: false },
    ],
    ['olga', olga, ['admins'], { all: false, groups: [], ownerless: false }],
    [
      'ada',
      ada,
      ['owners', 'admins'],
      { all: true, groups: [], ownerless: true },
    ],
    ['ada', ada, ['owners'], { all: false, groups: [b], ownerless: true }],
    [
      'a member',
      caller('alice', a, b),
      ['owners'],
      { all: false, groups: [], ownerless: false },
    ],
  ] as const)('%s by %p', async (_, who, kinds, scope) => {
    expect(await approvers([...kinds]).scope(who, [a, b])).toEqual(scope);
  });

  it('is not known while the catalog does not answer', async () => {
    const catalog = catalogServiceMock({ entities: [] });
    jest
      .spyOn(catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('No catalog'));
    const failing = new Approvers({
      auth: mockServices.auth(),
      authorizer: { require: async () => {} },
      requests: { deciders: async () => [] },
      catalog,
      adminGroups: new Set([PLATFORM]),
      grants: { groupIdentities: async () => [] },
      kinds: ['owners', 'admins'],
    });
    await expect(failing.of(a)).rejects.toThrow(
      'The catalog did not answer who owns groups',
    );
  });
});
