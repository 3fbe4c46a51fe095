import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { ClusterRecord } from '../model/clusters';
import { Person } from '../model/people';
import { Caller } from './Callers';
import { ClusterEntries } from './ClusterEntries';

const EXPIRES = new Date(0);

function entries() {
  const found = (name: string, connection = 'oidc') => ({
    cluster: { id: name, name, connection } as ClusterRecord,
    shares: [],
  });
  const visible = [
    found('prod02'),
    found('prod01'),
    found('sa', 'serviceAccount'),
  ];
  const asked: Person[] = [];
  const permissions: string[][] = [];
  const note = (asking: { name: string }[]) =>
    permissions.push(asking.map(({ name }) => name));
  return {
    asked,
    permissions,
    entries: new ClusterEntries({
      access: {
        list: async (_, ...asking) => {
          note(asking);
          return visible;
        },
        get: async ({ person }, name, ...asking) => {
          note(asking);
          asked.push(person);
          if (name === 'denied') {
            throw new NotAllowedError('by the policy');
          }
          const cluster = visible.find(item => item.cluster.name === name);
          if (!cluster) {
            throw new NotFoundError('There is no such cluster');
          }
          return cluster;
        },
      },
      tokens: {
        mint: async (person, { cluster }) =>
          ({
            token: `${person.userRef} for ${cluster.name}`,
            expiresAt: EXPIRES,
          } as never),
      },
    }),
  };
}

const caller = {
  person: { userRef: 'user:default/alice', auditor: true },
} as Caller;

describe('ClusterEntries', () => {
  it('mints the token of the person for the cluster', async () => {
    const { asked, entries: use } = entries();
    await expect(use.enter(caller, 'prod01', 'write')).resolves.toMatchObject({
      cluster: { name: 'prod01' },
      token: 'user:default/alice for prod01',
      expiresAt: EXPIRES,
    });
    // An auditor enters without the role.
    expect(asked).toMatchObject([{ auditor: false }]);
    await expect(use.enter(caller, 'sa', 'read')).rejects.toThrow(
      "does not accept the portal's tokens",
    );
  });

  it('enters all clusters, and names those that it cannot enter', async () => {
    const { entered, refused } = await entries().entries.enterAll(caller);
    expect(entered.map(({ cluster }) => cluster.name)).toEqual([
      'prod01',
      'prod02',
    ]);
    expect(refused).toMatchObject([
      { cluster: 'sa', error: { name: 'NotImplementedError' } },
    ]);
  });

  it('enters the named clusters, each once', async () => {
    const { entered, refused } = await entries().entries.enterAll(caller, [
      'prod01',
      'nowhere',
      'prod01',
      'denied',
    ]);
    expect(entered).toHaveLength(1);
    expect(refused).toMatchObject([
      { cluster: 'denied', error: { name: 'NotAllowedError' } },
      { cluster: 'nowhere', error: { name: 'NotFoundError' } },
    ]);
  });

  it.each([
    ['read', ['berth.proxy.read']],
    ['write', ['berth.proxy.write']],
    ['helmRead', ['berth.proxy.read', 'berth.helm.read']],
    [
      'helmReveal',
      ['berth.proxy.read', 'berth.helm.read', 'berth.helm.reveal'],
    ],
  ] as const)('asks the policy, to %s, for %j', async (purpose, names) => {
    const { entries: use, permissions } = entries();
    await use.enter(caller, 'prod01', purpose);
    await use.enterAll(caller, undefined, purpose);
    await use.enterAll(caller, ['prod01'], purpose);
    expect(permissions).toEqual([names, names, names]);
  });
});
