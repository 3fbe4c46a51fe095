import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { KubeError } from '../kube';
import { ClusterRecord } from '../model/clusters';
import { NamespaceNames } from './NamespaceNames';

const PLATFORM = 'group:default/platform';

function namesOn(
  cluster: () => Promise<unknown>,
  { holder, known }: { holder?: string; known?: string } = {},
) {
  const group = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'platform', namespace: 'default' },
  } as Entity;
  return new NamespaceNames({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities: [group] }),
    connect: () => ({ get: cluster } as never),
    groupNames: { groupWithName: async () => holder },
    namespaces: {
      get: async ({ name }) => (name === known ? ({} as never) : undefined),
    },
  });
}

const harbour = { id: 'H', name: 'harbour' } as ClusterRecord;
const absent = async () => undefined;

describe('NamespaceNames', () => {
  const look = (names: NamespaceNames, name: string, more: object = {}) =>
    names.checkAvailability({ cluster: harbour, name, ...more });

  it('reports a name as free only after reading the cluster', async () => {
    const ask = jest.fn(absent);
    expect(await look(namesOn(ask), 'shop')).toEqual({ state: 'Free' });
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('reports that the cluster does not answer', async () => {
    const silent = async () => {
      throw new KubeError('TCP', 'connection refused');
    };
    expect(await look(namesOn(silent), 'shop')).toEqual({
      state: 'Unknown',
      message:
        'harbour does not answer whether it has a namespace "shop". If it has one, the namespace cannot be created',
    });
  });

  it('finds a namespace that Berth does not manage, which an admin may take over', async () => {
    const names = namesOn(async () => ({ metadata: { name: 'monitoring' } }));
    expect(await look(names, 'monitoring')).toEqual({
      state: 'Taken',
      adoptable: true,
      message:
        'name "monitoring" is taken: there is a namespace of that name on the cluster already',
    });
    expect(await look(names, 'monitoring', { adopt: true })).toEqual({
      state: 'Free',
    });
  });

  it('finds a namespace that is being deleted', async () => {
    const names = namesOn(async () => ({
      metadata: { name: 'shop', deletionTimestamp: '2026-11-29T10:00:00Z' },
    }));
    const { state, adoptable, message } = await look(names, 'shop');
    expect({ state, adoptable }).toEqual({ state: 'Taken' });
    expect(message).toMatch(/is being deleted; wait until it is gone/);
  });

  it('finds a namespace that Berth manages', async () => {
    const names = namesOn(absent, { known: 'shop' });
    expect(await look(names, 'shop')).toMatchObject({ state: 'Taken' });
  });

  it.each(['kube-system', 'Shop', ''])('refuses %j', async name => {
    expect(await look(namesOn(absent), name)).toMatchObject({
      state: 'Refused',
    });
  });

  it('reserves the names of catalog groups that have no share yet', async () => {
    const names = namesOn(absent);
    expect(await look(names, 'platform')).toEqual({
      state: 'Taken',
      message: expect.stringContaining('is kept for the home namespace'),
    });
    const owner = 'group:default/team-a';
    await expect(names.assertMayOwn('platform', owner)).rejects.toThrow(
      `owner ${owner} is refused: platform is the name of ${PLATFORM} on clusters`,
    );
    expect(await look(names, 'platform', { owner: PLATFORM })).toEqual({
      state: 'Free',
    });
  });

  it('reserves the assigned name of a group', async () => {
    const names = namesOn(absent, { holder: 'group:default/team_b' });
    expect(await look(names, 'team-b')).toMatchObject({ state: 'Taken' });
  });

  it('refuses a name without the prefix of the cluster, except for the home of a group', async () => {
    const cluster = { ...harbour, namespacePrefix: 'team-' };
    const names = namesOn(absent);
    const states = await Promise.all(
      ['shop', 'team-', 'team-shop'].map(
        async name => (await names.checkAvailability({ cluster, name })).state,
      ),
    );
    expect(states).toEqual(['Refused', 'Refused', 'Free']);
    await expect(
      names.assertFree({ cluster, name: 'shop', field: 'namespace' }),
    ).rejects.toThrow(
      'namespace "shop" must begin with "team-", the namespace prefix of this cluster, such as "team-shop"',
    );
    await expect(
      names.assertFree({ cluster, name: 'shop', adopt: true }),
    ).rejects.toThrow('must begin with "team-"');
    expect(
      await names.checkAvailability({
        cluster,
        name: 'platform',
        owner: PLATFORM,
      }),
    ).toEqual({ state: 'Free' });
  });
});
