import fc from 'fast-check';
import { ShareRecord } from '../registry/types';
import { tokenClaims } from './claims';
import { Person } from './types';

const cluster = { id: 'cluster-1' };

function share(name: string, overrides: Partial<ShareRecord> = {}) {
  return {
    clusterId: cluster.id,
    group: `group:default/${name}`,
    kubernetesName: name,
    state: 'Ready',
    since: '2026-01-01T00:00:00.000Z',
    ...overrides,
  } as ShareRecord;
}

function person(groups: string[], admin = false): Person {
  return {
    userRef: 'user:default/alice',
    username: 'user:alice',
    groups: groups.map(name => `group:default/${name}`),
    admin,
  };
}

describe('tokenClaims', () => {
  it("claims those of the person's groups that the cluster is shared with", () => {
    expect(
      tokenClaims(person(['team-a', 'team-c']), cluster, [
        share('team-a'),
        share('team-b'),
        share('team-c', { clusterId: 'cluster-2' }),
      ]),
    ).toEqual({
      sub: 'user:alice',
      aud: 'cluster-1',
      groups: ['cluster-scope', 'team-a'],
    });
  });

  it('claims cluster-admins for admins, shared or not', () => {
    expect(tokenClaims(person([], true), cluster, [])?.groups).toEqual([
      'cluster-scope',
      'cluster-admins',
    ]);
  });

  it('gives a person without a shared group nothing', () => {
    expect(
      tokenClaims(person(['team-a']), cluster, [share('team-b')]),
    ).toBeUndefined();
    expect(tokenClaims(person([]), cluster, [])).toBeUndefined();
  });

  it.each([
    'system:masters',
    'cluster-admins',
    'Team-A',
    'tеam-a',
    'kube-system',
  ])('S17 refuses the stored name %j at mint', kubernetesName => {
    expect(() =>
      tokenClaims(person(['team-a']), cluster, [
        share('team-a', { kubernetesName }),
      ]),
    ).toThrow(JSON.stringify(kubernetesName));
  });

  it('S20 claims nothing that the person is not entitled to', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const shares = fc.uniqueArray(
      fc
        .tuple(name, fc.constantFrom('cluster-1', 'cluster-2'))
        .map(([group, clusterId]) => share(group, { clusterId })),
      { selector: item => `${item.clusterId} ${item.group}` },
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(name),
        fc.boolean(),
        shares,
        (groups, admin, all) => {
          const entitled = all
            .filter(item => item.clusterId === cluster.id)
            .filter(item => (groups as string[]).includes(item.kubernetesName))
            .map(item => item.kubernetesName);
          const expected = [
            'cluster-scope',
            ...(admin ? ['cluster-admins'] : []),
            ...entitled.sort(),
          ];
          expect(
            tokenClaims(person(groups, admin), cluster, all)?.groups,
          ).toEqual(entitled.length > 0 || admin ? expected : undefined);
        },
      ),
    );
  });
});
