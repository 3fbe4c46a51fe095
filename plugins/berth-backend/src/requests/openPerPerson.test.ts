import { SandboxCluster } from '@berth/cluster-sandbox';
import { namespaceAsk, startPortal, TestPortal } from './__testUtils__/portal';

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

  it('bounds what a person has that is not over, and nobody else', async () => {
    const { ask, call } = portal;
    const [first, second, third] = ['one', 'two', 'three'].map(name =>
      namespaceAsk({ namespace: name }),
    );
    const asked = await ask('alice', first);
    expect(asked.status).toBe(201);
    expect((await ask('alice', second)).status).toBe(201);

    const refused = await ask('alice', third);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain(
      'You have 2 requests that are not over, and the limit is 2 for each person',
    );
    expect((await ask('amy', third)).status).toBe(201);

    await call('alice', 'post', `/requests/${asked.body.id}/withdraw`);
    expect((await ask('alice', first)).status).toBe(201);
  });
});
