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
    expect(await look(namesOn(ask), 'shop')).toEqual({
      state: 'Free',
      name: 'shop',
    });
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('reports that the cluster does not answer', async () => {
    const silent = async () => {
      throw new KubeError('TCP', 'connection refused');
    };
    expect(await look(namesOn(silent), 'shop')).toEqual({
      state: 'Unknown',
      name: 'shop',
      message:
        'harbour does not answer whether it has a namespace "shop". If it has one, the namespace cannot be created',
    });
  });

  it('finds a namespace that Berth does not manage, which an admin may take over', async () => {
    const names = namesOn(async () => ({ metadata: { name: 'monitoring' } }));
    expect(await look(names, 'monitoring')).toEqual({
      state: 'Taken',
      name: 'monitoring',
      adoptable: true,
      message:
        'name "monitoring" is taken: there is a namespace of that name on the cluster already',
    });
    const claim = { cluster: harbour, name: 'monitoring', adopt: true };
    expect(await names.assertFree(claim)).toEqual({ state: 'Free' });
    expect(await names.checkAvailability(claim)).toMatchObject({
      state: 'Taken',
      adoptable: true,
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
      name: 'platform',
      message: expect.stringContaining('is kept for the home namespace'),
    });
    const owner = 'group:default/team-a';
    await expect(
      names.assertMayOwn(harbour, 'platform', owner),
    ).rejects.toThrow(
      `owner ${owner} is refused: platform is kept for the home namespace of ${PLATFORM}`,
    );
    expect(await look(names, 'platform', { owner: PLATFORM })).toEqual({
      state: 'Free',
      name: 'platform',
    });
  });

  it('reserves the assigned name of a group', async () => {
    const names = namesOn(absent, { holder: 'group:default/team_b' });
    expect(await look(names, 'team-b')).toMatchObject({ state: 'Taken' });
  });

  describe('P9', () => {
    const cluster = { ...harbour, namespacePrefix: 'team-' };

    it('names a new namespace with the prefix, once', async () => {
      const names = namesOn(absent);
      const found = await Promise.all(
        ['shop', 'team-shop', 'team-'].map(name =>
          names.checkAvailability({ cluster, name }),
        ),
      );
      expect(found).toEqual([
        { state: 'Free', name: 'team-shop' },
        { state: 'Free', name: 'team-shop' },
        {
          state: 'Refused',
          name: 'team-',
          message: expect.stringContaining('must be at most 63 lowercase'),
        },
      ]);
      const other = { ...harbour, namespacePrefix: 'x-' };
      expect(names.nameFor({ cluster: other, name: 'team-shop' })).toBe(
        'x-team-shop',
      );
      expect(names.nameFor({ cluster: harbour, name: 'shop' })).toBe('shop');
    });

    it('refuses a name that the prefix makes too long, and names both', async () => {
      const name = 'x'.repeat(59);
      expect(
        await namesOn(absent).checkAvailability({ cluster, name }),
      ).toEqual({
        state: 'Refused',
        name,
        message: `name "${name}" is too long: with "team-", the namespace prefix of this cluster, it has 64 characters, and a namespace name has at most 63`,
      });
    });

    it('keeps the names of system namespaces refused', async () => {
      expect(
        await namesOn(absent).checkAvailability({ cluster, name: 'kube-x' }),
      ).toMatchObject({ state: 'Refused', name: 'kube-x' });
    });

    it('keeps the name with the prefix for the home of a group', async () => {
      const names = namesOn(absent);
      const asked = { cluster, name: 'platform' };
      expect(await names.checkAvailability(asked)).toMatchObject({
        state: 'Taken',
        name: 'team-platform',
        message: expect.stringContaining(
          '"team-platform" is kept for the home namespace',
        ),
      });
      expect(
        await names.checkAvailability({ ...asked, owner: PLATFORM }),
      ).toEqual({ state: 'Free', name: 'team-platform' });
      await expect(
        names.assertMayOwn(cluster, 'team-platform', 'group:default/team-a'),
      ).rejects.toThrow('team-platform is kept for the home namespace of');
    });

    it('leaves the names of existing namespaces', async () => {
      const names = namesOn(absent);
      const claim = { cluster, name: 'monitoring', adopt: true };
      expect(names.nameFor(claim)).toBe('monitoring');
      expect(await names.assertFree(claim)).toEqual({ state: 'Free' });
      // A request of before the prefix cannot be approved under its name.
      await expect(
        names.assertFree({ cluster, name: 'shop', field: 'namespace' }),
      ).rejects.toThrow(
        'namespace "shop" must begin with "team-", the namespace prefix of this cluster, such as "team-shop"',
      );
    });
  });
});
