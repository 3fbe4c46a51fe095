import { GrantRecord } from '../model/tenancy';
import { grantsForOwner } from './grantsForOwner';

const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';

const grant = (change: Partial<GrantRecord>): GrantRecord => ({
  id: 'g-1',
  clusterId: 'c',
  namespace: 'alice',
  group: TEAM_A,
  groupUid: 'uid-a',
  kubernetesName: 'team-a',
  role: 'view',
  source: 'grant',
  state: 'Ready',
  since: '',
  createdAt: '',
  ...change,
});

describe('grantsForOwner', () => {
  const owner = { ref: 'group:default/Team-A', uid: 'uid-a' };
  const roleFor = (...held: Partial<GrantRecord>[]) =>
    grantsForOwner(held.map(grant), owner, 'edit').at(-1);

  it('P8 gives the group the role of the person, and other groups keep theirs', () => {
    const expiresAt = '2030-01-01T00:00:00.000Z';
    const others = { group: TEAM_B, groupUid: 'uid-b', expiresAt };
    expect(grantsForOwner([grant(others)], owner, 'admin')).toEqual([
      { group: TEAM_B, uid: 'uid-b', role: 'view', expiresAt },
      { group: 'group:default/Team-A', uid: 'uid-a', role: 'admin' },
    ]);
  });

  it('P8 takes no higher role from the group, and leaves out one that comes with a share', () => {
    expect(roleFor({ role: 'admin' })).toMatchObject({ role: 'admin' });
    expect(roleFor({ role: 'view' })).toMatchObject({ role: 'edit' });
    expect(
      roleFor({ role: 'admin', expiresAt: '2030-01-01T00:00:00.000Z' }),
    ).toEqual({ group: owner.ref, uid: 'uid-a', role: 'edit' });
    expect(
      grantsForOwner(
        [grant({ group: TEAM_B, source: 'share' })],
        owner,
        'edit',
      ),
    ).toHaveLength(1);
  });
});
