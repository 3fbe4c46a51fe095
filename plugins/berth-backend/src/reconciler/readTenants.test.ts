import { CLUSTER } from './__testUtils__/fakes';
import { readTenants } from './readTenants';

describe('readTenants', () => {
  it('asks for the IDs of the owners of namespaces that Berth made', async () => {
    const none = { list: async () => [] };
    const of = jest.fn(async () => new Map());
    const source = readTenants(
      {
        namespaces: {
          listByCluster: async () => [
            { name: 'a', origin: 'share', owner: 'group:default/a' },
            { name: 'b', origin: 'request', owner: 'group:default/b' },
            { name: 'c', origin: 'adopted', owner: 'group:default/c' },
            { name: 'd', origin: 'request' },
          ],
        },
        grants: none,
        quotas: none,
        personal: none,
      } as never,
      [
        {
          name: 'ids',
          networkPolicies: [],
          identity: { gid: 'example.com/gid', minimum: 1000 },
        },
      ],
      { of },
    );
    await source.read(CLUSTER);
    expect(of).toHaveBeenCalledWith(['group:default/a', 'group:default/b']);
  });
});
