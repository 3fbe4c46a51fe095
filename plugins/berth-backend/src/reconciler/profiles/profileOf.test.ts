import { kindProfiles, profileOf } from './profileOf';
import { Profile } from './types';

const profile = (name: string, wants: Partial<Profile> = {}): Profile => ({
  name,
  networkPolicies: [],
  ...wants,
});

const PROFILES = [
  profile('both', {
    clusters: ['prod01', 'prod02'],
    clusterLabels: { zone: 'dmz' },
  }),
  profile('named', { clusters: ['prod01'] }),
  profile('labelled', { clusterLabels: { zone: 'dmz', tier: 'one' } }),
];

describe('profileOf', () => {
  it.each<[string, Record<string, string> | undefined, string | undefined]>([
    ['prod01', { zone: 'dmz' }, 'both'],
    ['prod02', { zone: 'dmz', more: 'x' }, 'both'],
    ['prod01', { zone: 'lan' }, 'named'],
    ['prod01', undefined, 'named'],
    ['dev', { zone: 'dmz', tier: 'one' }, 'labelled'],
    ['dev', { zone: 'dmz' }, undefined],
    ['dev', undefined, undefined],
  ])('is for %s with the labels %j: %s', (name, labels, expected) => {
    expect(profileOf(PROFILES, { name, labels }, 'group')?.name).toBe(expected);
  });

  it('is the first one that matches the cluster', () => {
    const everywhere = profile('everywhere');
    expect(
      profileOf([everywhere, ...PROFILES], { name: 'prod01' }, 'group'),
    ).toBe(everywhere);
    expect(profileOf([...PROFILES, everywhere], { name: 'dev' }, 'group')).toBe(
      everywhere,
    );
    expect(profileOf([], { name: 'dev' }, 'group')).toBeUndefined();
  });

  it('is for the kind of namespaces that the profile names', () => {
    const people = profile('people', { for: 'personal' });
    const teams = profile('teams', { for: 'group', clusters: ['prod01'] });
    const rest = profile('rest', { for: 'all' });
    const all = [people, teams, rest];
    expect(kindProfiles(all, { name: 'prod01' })).toEqual({
      personal: people,
      group: teams,
    });
    expect(kindProfiles(all, { name: 'dev' })).toEqual({
      personal: people,
      group: rest,
    });
    expect(kindProfiles([teams], { name: 'prod01' })).toEqual({ group: teams });
    expect(kindProfiles([people], { name: 'dev' })).toEqual({
      personal: people,
    });
  });

  it('ignores labels that every object has', () => {
    const odd = profile('odd', { clusterLabels: { constructor: 'x' } });
    expect(
      profileOf([odd], { name: 'dev', labels: {} }, 'group'),
    ).toBeUndefined();
  });
});
