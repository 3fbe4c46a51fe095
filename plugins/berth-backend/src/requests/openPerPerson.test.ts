import { SandboxCluster } from '@berth/cluster-sandbox';
import { namespaceSpec, startPortal, TestPortal } from './__testUtils__/portal';

jest.setTimeout(60_000);

describe('berth.requests.openPerPerson', () => {
  let sandbox: SandboxCluster;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'requests' });
    portal = await startPortal(sandbox, { requests: { openPerPerson: 2 } });
  });

  afterAll(async () => {
    await portal?.stop();
    await sandbox.stop();
  });

  it('limits the unfinished requests of one person, not of others', async () => {
    const { spec, call } = portal;
    const [first, second, third] = ['one', 'two', 'three'].map(name =>
      namespaceSpec({ namespace: name }),
    );
    const requested = await spec('alice', first);
    expect(requested.status).toBe(201);
    expect((await spec('alice', second)).status).toBe(201);

    const refused = await spec('alice', third);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain(
      'You have 2 requests that are not over, and the limit is 2 for each person',
    );
    expect((await spec('amy', third)).status).toBe(201);

    await call('alice', 'post', `/requests/${requested.body.id}/withdraw`);
    expect((await spec('alice', first)).status).toBe(201);
  });
});
