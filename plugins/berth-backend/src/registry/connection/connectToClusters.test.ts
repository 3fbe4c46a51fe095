import { KubeClient, KubeClientFactory } from '../../kube';
import { testStrategies } from '../__testUtils__/testStrategies';
import { ClusterRecord } from '../../model/clusters';
import { connectToClusters } from './connectToClusters';
import { CredentialStore, StoredCredential } from '../../model/credentials';

const cluster = {
  id: 'c1',
  name: 'prod01',
  connection: 'serviceAccount',
  revision: 1,
} as ClusterRecord;

const credential: StoredCredential = {
  strategy: 'serviceAccount',
  secret: { token: 'kept token' },
};

function setUp(kept?: StoredCredential) {
  const get = jest.fn(async () => kept);
  /** Each client reports its token as the version. */
  const clients: KubeClientFactory = {
    create: (_, getToken) => {
      const client: Partial<KubeClient> = {
        version: async () => ({ gitVersion: await getToken() }),
      };
      return client as KubeClient;
    },
    close: async () => {},
  };
  const connect = connectToClusters({
    clients,
    credentials: { get } as Partial<CredentialStore> as CredentialStore,
    strategies: testStrategies(),
  });
  return {
    get,
    token: async (changes: Partial<ClusterRecord> = {}) =>
      (await connect({ ...cluster, ...changes }).version()).gitVersion,
  };
}

describe('connectToClusters', () => {
  it('reads a stored credential once for calls in quick succession, and again after a change', async () => {
    const { get, token } = setUp(credential);
    await expect(token()).resolves.toBe('kept token');
    await expect(token()).resolves.toBe('kept token');
    expect(get).toHaveBeenCalledTimes(1);
    await token({ revision: 2 });
    expect(get).toHaveBeenCalledTimes(2);
  });

  it('S26 does not hand the credential of one strategy to another', async () => {
    const { token } = setUp({ ...credential, strategy: 'another' });
    await expect(token()).rejects.toMatchObject({
      failure: 'Unauthorized',
      message: expect.stringContaining('No token is stored for the cluster'),
    });
  });

  it('names the missing strategy', async () => {
    const { token } = setUp();
    await expect(token({ connection: 'vault' })).rejects.toMatchObject({
      failure: 'Unauthorized',
      message: expect.stringMatching(/"vault" must be one of.*Install the mod/),
    });
  });
});
