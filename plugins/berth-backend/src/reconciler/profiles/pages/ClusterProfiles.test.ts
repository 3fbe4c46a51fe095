import { NamespaceRecord } from '../../../model/tenancy';
import { CLUSTER, FakePodSecurity } from '../../__testUtils__/fakes';
import { parseProfiles } from '../readProfiles';
import { ClusterProfiles } from './ClusterProfiles';
import { profileSummaries } from './profileSummaries';

const WRITTEN = [
  { name: 'people', for: 'personal', labels: { 'example.com/who': 'person' } },
  { name: 'dev', clusters: ['dev01'], podSecurity: { warn: 'restricted' } },
  { name: 'isolated', podSecurity: { enforce: 'restricted' } },
];
const PROFILES = parseProfiles(WRITTEN);

const namespace = (name: string, origin: NamespaceRecord['origin']) =>
  ({ clusterId: CLUSTER.id, name, origin } as NamespaceRecord);

function setUp() {
  const podSecurity = new FakePodSecurity();
  const world: { shop: Partial<NamespaceRecord> } = { shop: {} };
  podSecurity.waits = ['shop', 'legacy', 'ada'].map(name => ({
    namespace: name,
    level: 'restricted:latest',
    warnings: ['web-0: runAsNonRoot != true'],
    since: '2026-11-30T09:00:00.000Z',
  }));
  podSecurity.turnOf = 'other-id';
  const profiles = new ClusterProfiles({
    capabilities: {
      read: async () => ({
        capabilities: { version: 'v1.33.1', features: [] },
        failure: { cause: 'TCP', message: 'No connection to 10.0.0.1:6443' },
      }),
    },
    clusters: { namesOf: async () => new Map([['other-id', 'secret01']]) },
    namespaces: {
      listByCluster: async () => [
        { ...namespace('shop', 'request'), ...world.shop },
        namespace('team-a', 'share'),
        namespace('legacy', 'adopted'),
        namespace('ada', 'personal'),
      ],
    },
    podSecurity,
    profiles: PROFILES,
  });
  return { podSecurity, profiles, world };
}

describe('ClusterProfiles', () => {
  it('P19 shows the profile of each kind, with its namespaces and those that wait', async () => {
    const { profiles } = setUp();
    const { kinds, rollout, failure } = await profiles.read(CLUSTER);
    expect(kinds).toEqual([
      {
        kind: 'personal',
        profile: 'people',
        items: [{ item: 'labels', state: 'set' }],
        namespaces: 1,
        waiting: 1,
      },
      {
        kind: 'group',
        profile: 'isolated',
        items: [
          {
            item: 'podSecurity',
            state: 'set',
            why: expect.stringContaining('Not all namespaces have the level'),
          },
        ],
        namespaces: 2,
        waiting: 1,
      },
    ]);
    expect(rollout?.cluster).toBe('secret01');
    expect(failure?.cause).toBe('TCP');
  });

  it.each([
    [[], 'Forbidden', 'enforced'],
    [['legacy', 'ada'], 'Forbidden', 'enforced'],
    [['shop'], 'Forbidden', 'set'],
    [[], 'ProfileOverwritten', 'set'],
  ] as [string[], string, string][])(
    'P19 claims a level as enforced only if all namespaces have it: %j wait, one has the cause %s',
    async (waiting, cause, state) => {
      const { podSecurity, profiles, world } = setUp();
      podSecurity.waits = podSecurity.waits.filter(({ namespace: name }) =>
        waiting.includes(name),
      );
      world.shop = { cause };
      for (const seen of [
        await profiles.read(CLUSTER),
        await profiles.readForMembers(CLUSTER),
      ]) {
        const group = seen.kinds.find(({ kind }) => kind === 'group');
        expect(group?.items).toMatchObject([{ item: 'podSecurity', state }]);
      }
    },
  );

  it('shows members of a cluster nothing of other clusters, namespaces and addresses', async () => {
    const { profiles } = setUp();
    const seen = await profiles.readForMembers(CLUSTER);
    expect(seen.kinds.map(({ profile }) => profile)).toEqual([
      'people',
      'isolated',
    ]);
    expect(JSON.stringify(seen)).not.toMatch(
      /secret01|shop|10\.0\.0\.1|waiting|namespaces"/,
    );
  });

  it('P3 shows no roll-out to a cluster that is gone', async () => {
    const { podSecurity, profiles } = setUp();
    podSecurity.turnOf = undefined;
    expect((await profiles.read(CLUSTER)).rollout).toBeUndefined();
  });
});

describe('profileSummaries', () => {
  it('lists the clusters of each profile by kind', () => {
    expect(
      profileSummaries(PROFILES, WRITTEN, [
        { name: 'dev01' },
        { name: 'prod01' },
      ]),
    ).toEqual([
      {
        name: 'people',
        for: 'personal',
        fields: ['labels'],
        clusters: [
          { name: 'dev01', kinds: ['personal'] },
          { name: 'prod01', kinds: ['personal'] },
        ],
        written: WRITTEN[0],
      },
      {
        name: 'dev',
        for: 'all',
        fields: ['podSecurity'],
        clusters: [{ name: 'dev01', kinds: ['group'] }],
        written: WRITTEN[1],
      },
      {
        name: 'isolated',
        for: 'all',
        fields: ['podSecurity'],
        clusters: [{ name: 'prod01', kinds: ['group'] }],
        written: WRITTEN[2],
      },
    ]);
  });
});
