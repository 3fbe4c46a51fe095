import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { JWTPayload, KeyLike } from 'jose';
import { SandboxCluster } from '../SandboxCluster';
import { TestClient } from '../__testUtils__/TestClient';

// Generating RSA keys takes long on a busy machine.
jest.setTimeout(60_000);

interface Keys {
  privateKey: KeyLike;
  publicKey: KeyLike;
}

describe('OIDC tokens', () => {
  let cluster: SandboxCluster;
  let issuer: Server;
  let url: string;
  let rsa: Keys;
  let ec: Keys;

  beforeAll(async () => {
    rsa = await generateKeyPair('RS256');
    ec = await generateKeyPair('ES256');
    const keys = [
      { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256' },
      { ...(await exportJWK(ec.publicKey)), kid: 'ec', alg: 'ES256' },
    ];
    issuer = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.setHeader('cache-control', 'max-age=30');
      response.end(
        JSON.stringify(
          request.url === '/jwks'
            ? { keys }
            : { issuer: url, jwks_uri: `${url}/jwks` },
        ),
      );
    });
    await new Promise<void>(resolve => {
      issuer.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
    cluster = await SandboxCluster.start({
      name: 'one',
      issuer: { url, audience: 'cluster-one', groupsPrefix: 'p:' },
    });
  });

  afterAll(async () => {
    await cluster.stop();
    await new Promise(resolve => {
      issuer.close(resolve);
    });
  });

  async function token(
    claims: JWTPayload = {},
    header: { alg: string; kid?: string } = { alg: 'RS256', kid: 'rsa' },
    key: KeyLike | Uint8Array = rsa.privateKey,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: url,
      aud: 'cluster-one',
      sub: 'user:alice',
      groups: ['team-a'],
      iat: now,
      exp: now + 600,
      ...claims,
    })
      .setProtectedHeader(header)
      .sign(key);
  }

  async function whoIs(bearer: string) {
    const client = new TestClient(cluster, bearer);
    const answer = await client.call(
      'POST',
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      {},
    );
    await client.close();
    return answer;
  }

  it('authenticate their user, with prefixes', async () => {
    const { code, body } = await whoIs(await token());
    expect(code).toBe(201);
    expect(body.status.userInfo).toMatchObject({
      username: 'user:alice',
      groups: ['p:team-a', 'system:authenticated'],
    });
  });

  it('may be signed with ES256, and may have several audiences', async () => {
    const signed = await token(
      { aud: ['other', 'cluster-one'] },
      { alg: 'ES256', kid: 'ec' },
      ec.privateKey,
    );
    expect((await whoIs(signed)).code).toBe(201);
  });

  const now = () => Math.floor(Date.now() / 1000);

  it.each([
    ['another audience', () => token({ aud: 'cluster-two' })],
    ['another issuer', () => token({ iss: `${url}/` })],
    ['its time over', () => token({ exp: now() - 1 })],
    ['no end', () => token({ exp: undefined })],
    ['its time to come', () => token({ nbf: now() + 600 })],
    ['no subject', () => token({ sub: undefined })],
    ['groups that are no names', () => token({ groups: [1] })],
    [
      'a foreign key',
      async () =>
        token(
          {},
          { alg: 'RS256', kid: 'rsa' },
          (await generateKeyPair('RS256')).privateKey,
        ),
    ],
    [
      'S8 HS256 with the public key',
      async () =>
        token(
          {},
          { alg: 'HS256', kid: 'rsa' },
          new TextEncoder().encode(await exportSPKI(rsa.publicKey)),
        ),
    ],
    [
      'S8 alg none',
      async () => {
        const encode = (value: object) =>
          Buffer.from(JSON.stringify(value)).toString('base64url');
        const claims = {
          iss: url,
          aud: 'cluster-one',
          sub: 'user:alice',
          exp: now() + 60,
        };
        return `${encode({ alg: 'none' })}.${encode(claims)}.`;
      },
    ],
  ])('are refused with %s', async (_what, make) => {
    expect((await whoIs(await make())).code).toBe(401);
  });

  it('are refused once the issuer is no longer trusted', async () => {
    const good = await token();
    const other = await SandboxCluster.start({ name: 'two' });
    const client = new TestClient(other, good);
    expect((await client.call('GET', '/api')).code).toBe(401);
    other.setIssuer({ url, audience: 'cluster-one' });
    expect((await client.call('GET', '/api')).code).toBe(200);
    other.setIssuer(undefined);
    expect((await client.call('GET', '/api')).code).toBe(401);
    await client.close();
    await other.stop();
  });
});
