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
  it('gives a member the namespaces of their groups, ready ones first', () => {
    const { allowed, shares } = entryOf(CLUSTER, MEMBER);
    expect(allowed).toBe(true);
    expect(shares.map(({ namespace }) => namespace)).toEqual([
      'team-a',
      'engineering',
    ]);
  });

  it('lets an admin in without any namespace', () => {
    expect(entryOf(CLUSTER, ADMIN)).toEqual({ allowed: true, shares: [] });
  });

  it('keeps out whoever has no share, and everybody who is not known yet', () => {
    expect(entryOf(CLUSTER, LONER).allowed).toBe(false);
    expect(entryOf(CLUSTER, undefined).allowed).toBe(false);
  });
});
