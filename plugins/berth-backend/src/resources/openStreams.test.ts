import { TestAuthority } from '../kube/__testUtils__/certificates';
import { TestServer } from '../kube/__testUtils__/TestServer';
import { ResourcesUnderTest } from './__testUtils__/ResourcesUnderTest';

jest.setTimeout(60_000);

describe('lists that stay open', () => {
  let server: TestServer;
  let portal: ResourcesUnderTest;

  beforeAll(async () => {
    const authority = await TestAuthority.create('acme-ca');
    server = await TestServer.start(await authority.issue());
    server.answer = () => {};
    portal = await ResourcesUnderTest.start({
      prod: {
        apiServer: server.url,
        caPem: authority.pem,
        people: {
          alice: { namespaces: ['a'] },
          bob: { namespaces: ['a'] },
        },
      },
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await server?.stop();
  });

  it('are as many as the streams of a person, and the next is a 429 with the limit', async () => {
    const left = new AbortController();
    const open = (path: string, person = 'alice') =>
      portal.fetch(`/resources/${path}`, person, { signal: left.signal });
    const paths = Array.from({ length: 10 }, () => ['core/pods', 'nodes']);
    try {
      const answers = await Promise.all(paths.flat().map(path => open(path)));
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
      for (const path of ['core/pods', 'nodes']) {
        const refused = await open(path);
        expect(refused.status).toBe(429);
        expect((await refused.json()).error.message).toContain(
          'You have 20 watches, lists and followed logs open',
        );
        expect((await open(path, 'bob')).status).toBe(200);
      }
    } finally {
      left.abort();
    }
  });
});
