import {
  ADMIN,
  LONER,
  MEMBER,
  aCluster,
  aShare,
} from '../../__testUtils__/fixtures';
import { entryOf } from './entry';

const CLUSTER = aCluster('prod01', {
  shares: [
    aShare('engineering', { state: 'Pending' }),
    aShare('team-a'),
    aShare('team-b'),
  ],
});

describe('entryOf', () => {
  it('returns the namespaces of the groups of a member, ready ones first', () => {
    const { allowed, shares } = entryOf(CLUSTER, MEMBER);
    expect(allowed).toBe(true);
    expect(shares.map(({ namespace }) => namespace)).toEqual([
      'team-a',
      'engineering',
    ]);
  });

  it('allows an admin without any namespace', () => {
    expect(entryOf(CLUSTER, ADMIN)).toEqual({ allowed: true, shares: [] });
  });

  it('refuses people without a share and people whose access is not known yet', () => {
    expect(entryOf(CLUSTER, LONER).allowed).toBe(false);
    expect(entryOf(CLUSTER, undefined).allowed).toBe(false);
  });
});
