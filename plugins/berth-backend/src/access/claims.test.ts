import fc from 'fast-check';
import { ShareRecord } from '../model/clusters';
import { tokenClaims } from './claims';
import { GrantRecord } from '../model/tenancy';
import { personIn } from './__testUtils__/people';

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

describe('tokenClaims', () => {
  it("claims those of the person's groups that the cluster is shared with", () => {
    expect(
      tokenClaims(personIn(['team-a', 'team-c']), cluster, [
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
    expect(tokenClaims(personIn([], true), cluster, [])?.groups).toEqual([
      'cluster-scope',
      'cluster-admins',
    ]);
  });

  it('claims nothing for a person without a shared group', () => {
    expect(
      tokenClaims(personIn(['team-a']), cluster, [share('team-b')]),
    ).toBeUndefined();
    expect(tokenClaims(personIn([]), cluster, [])).toBeUndefined();
  });

  it.each([
    'system:masters',
    'cluster-admins',
    'Team-A',
    'tеam-a',
    'kube-system',
  ])('S17 refuses the stored name %j when it mints', kubernetesName => {
    expect(() =>
      tokenClaims(personIn(['team-a']), cluster, [
        share('team-a', { kubernetesName }),
      ]),
    ).toThrow(JSON.stringify(kubernetesName));
  });

  it.each([
    ['the same', 'uid-1', 'uid-1', true],
    ['made again', 'uid-1', 'uid-2', false],
    ['without a UID', 'uid-1', undefined, false],
    ['shared with before UIDs were kept', undefined, 'uid-1', true],
  ])('S21 for a group that is %s', (_, groupUid, uid, claimed) => {
    const person = personIn(['team-a']);
    person.memberships[0].uid = uid;
    const claims = tokenClaims(person, cluster, [
      share('team-a', { groupUid }),
    ]);
    expect(claims?.groups.includes('team-a') ?? false).toBe(claimed);
  });

  describe('for grants that expire', () => {
    const now = new Date('2026-01-01T00:00:00.000Z');
    const grant = (id: string, minutes: number, more: object = {}) =>
      ({
        id,
        clusterId: cluster.id,
        group: 'group:default/team-a',
        expiresAt: new Date(now.getTime() + minutes * 60_000).toISOString(),
        ...more,
      } as GrantRecord);
    const claims = (...grants: GrantRecord[]) =>
      tokenClaims(
        personIn(['team-a']),
        cluster,
        [share('team-a')],
        grants,
        now,
      );

    it('claims a separate group for each, and ends with the first', () => {
      expect(claims(grant('2', 30), grant('1', 5))).toMatchObject({
        groups: ['cluster-scope', 'team-a', 'grant:1', 'grant:2'],
        notAfter: new Date('2026-01-01T00:05:00.000Z'),
      });
      expect(claims()).not.toHaveProperty('notAfter');
    });

    it.each([
      ['expired', grant('1', -1)],
      ['in its last minute', grant('1', 0.5)],
      ['of another cluster', grant('1', 5, { clusterId: 'other' })],
      ['of another group', grant('1', 5, { group: 'group:default/b' })],
      ['of a group that was made again', grant('1', 5, { groupUid: 'x' })],
      ['lasting', grant('1', 5, { expiresAt: undefined })],
    ])('does not claim one that is %s', (_, given) => {
      expect(claims(given)?.groups).toEqual(['cluster-scope', 'team-a']);
    });

    it('claims none for a group that the cluster is not shared with', () => {
      const person = personIn(['team-a', 'team-b']);
      const ofB = grant('1', 5, { group: 'group:default/team-b' });
      expect(
        tokenClaims(person, cluster, [share('team-a')], [ofB], now)?.groups,
      ).toEqual(['cluster-scope', 'team-a']);
      expect(tokenClaims(person, cluster, [], [ofB], now)).toBeUndefined();
    });
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
            tokenClaims(personIn(groups, admin), cluster, all)?.groups,
          ).toEqual(entitled.length > 0 || admin ? expected : undefined);
        },
      ),
    );
  });
});
