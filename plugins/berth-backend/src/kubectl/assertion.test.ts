import { CompactSign, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { AssertionOptions, Laptop } from './__testUtils__/Laptop';
import {
  checkPublicKey,
  DeviceAction,
  readDeviceId,
  verifyAssertion,
} from './assertion';

const ISSUER = 'https://portal.example.com/api/oidc';
const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const NOW = new Date('2026-11-29T12:00:00.500Z');
const CREDENTIAL = { cluster: 'prod01', clusterId: 'c1' };

describe('assertions of computers', () => {
  let laptop: Laptop;

  beforeAll(async () => {
    laptop = await Laptop.create(ISSUER);
    laptop.id = ID;
  });

  async function verify(
    assertion: string,
    action: DeviceAction = 'credential',
    publicKey = laptop.publicKey,
  ) {
    readDeviceId(assertion);
    return verifyAssertion(assertion, {
      action,
      audience: ISSUER,
      now: NOW,
      publicKey,
    });
  }

  function sign(options: AssertionOptions = {}) {
    return laptop.sign('credential', CREDENTIAL, { now: NOW, ...options });
  }

  async function rejected(assertion: string, action?: DeviceAction) {
    return verify(assertion, action).then(
      () => 'accepted',
      ({ name, message, signIn, serverTime }) =>
        `${name}: ${
          signIn ? 'unknown' : serverTime ?? message.replace(/:? .*/s, '')
        }`,
    );
  }

  const UNKNOWN = 'AuthenticationError: unknown';

  it('accepts what kubectl-berth signs', async () => {
    expect(await verify(await sign())).toMatchObject({
      act: 'credential',
      ...CREDENTIAL,
    });
    const code = 'c'.repeat(43);
    const activate = await laptop.sign('activate', { code }, { now: NOW });
    expect(await verify(activate, 'activate')).toMatchObject({ code });
    expect(readDeviceId(activate)).toBe(ID);
  });

  it.each<[string, AssertionOptions['header']]>([
    ['no typ', { typ: undefined }],
    ['the typ of other JWTs', { typ: 'JWT' }],
    ['the typ with the prefix', { typ: 'application/berth-device+jwt' }],
    ['a typ in capitals', { typ: 'BERTH-DEVICE+JWT' }],
    ['no kid', { kid: undefined }],
    ['a kid that is no id', { kid: '../../etc/passwd' }],
    ['jku', { jku: 'https://evil.example.com/jwks.json' }],
    ['jwk', { jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }],
    ['x5u', { x5u: 'https://evil.example.com/cert' }],
    ['cty', { cty: 'JWT' }],
    ['b64', { b64: true, crit: ['b64'] }],
  ])('S50 refuses a header with %s', async (_, header) => {
    expect(await rejected(await sign({ header }))).toBe(UNKNOWN);
  });

  it('S50 refuses the algorithm none', async () => {
    const payload = (await sign()).split('.')[1];
    const header = (alg: unknown) =>
      Buffer.from(
        JSON.stringify({ alg, typ: 'berth-device+jwt', kid: ID }),
      ).toString('base64url');
    for (const alg of ['none', 'None', '', null, undefined, ['ES256']]) {
      expect(await rejected(`${header(alg)}.${payload}.`)).toBe(UNKNOWN);
    }
    expect(await rejected(`${header('ES256')}.${payload}.`)).toBe(UNKNOWN);
    expect(await rejected(`${header('ES256')}.${payload}.AAAA`)).toBe(UNKNOWN);
    // Zeros as a signature: CVE-2022-21449.
    const zeros = Buffer.alloc(64).toString('base64url');
    expect(await rejected(`${header('ES256')}.${payload}.${zeros}`)).toBe(
      UNKNOWN,
    );
  });

  it('S50 refuses HS256 with the public key as the secret', async () => {
    const secret = Buffer.from(JSON.stringify(laptop.publicKey));
    for (const key of [secret, Buffer.from(laptop.publicKey.x, 'base64url')]) {
      expect(
        await rejected(await sign({ key, header: { alg: 'HS256' } })),
      ).toBe(UNKNOWN);
    }
  });

  it('S50 refuses other algorithms and the key of another computer', async () => {
    for (const alg of ['ES384', 'RS256', 'PS256', 'EdDSA']) {
      const { privateKey } = await generateKeyPair(alg);
      const assertion = await sign({
        key: privateKey as never,
        header: { alg },
      });
      expect([alg, await rejected(assertion)]).toEqual([alg, UNKNOWN]);
    }
    const { privateKey: key } = await generateKeyPair('ES256');
    expect(await rejected(await sign({ key: key as never }))).toBe(UNKNOWN);
  });

  it('S50 refuses text that is no compact JWS', async () => {
    const good = await sign();
    const [header, payload, signature] = good.split('.');
    for (const text of [
      '',
      'x',
      '..',
      'a.b.c',
      `${header}.${payload}`,
      `${good}.`,
      `${good}.x.y`,
      `${header}.${payload}.${signature}=`,
      ` ${good}`,
      `${header}.${payload.slice(0, -4)}AAAA.${signature}`,
      JSON.stringify({
        payload,
        signatures: [{ protected: header, signature }],
      }),
    ]) {
      expect([text, await rejected(text)]).toEqual([text, UNKNOWN]);
    }
    const noJson = await new CompactSign(Buffer.from('no JSON'))
      .setProtectedHeader({ alg: 'ES256', typ: 'berth-device+jwt', kid: ID })
      .sign(laptop.privateKey);
    expect(await rejected(noJson)).toBe(UNKNOWN);
  });

  it.each<[string, AssertionOptions['claims']]>([
    ['another portal', { aud: 'https://other.example.com/api/oidc' }],
    ['a prefix of the issuer', { aud: 'https://portal.example.com' }],
    ['several portals', { aud: [ISSUER, 'https://other.example.com'] }],
    ['no portal', { aud: undefined }],
    ['another route', { act: 'clusters' }],
    ['no route', { act: undefined }],
    ['more than its route has', { groups: ['cluster-admins'] }],
    ['a code', { code: 'c'.repeat(43) }],
    ['sub', { sub: 'user:ada' }],
    ['nbf', { nbf: 0 }],
    ['no jti', { jti: undefined }],
    ['a jti that is too long', { jti: 'j'.repeat(65) }],
    ['no iat', { iat: undefined }],
    ['no exp', { exp: undefined }],
    ['an exp that is text', { exp: '2000000000' as never }],
    ['no cluster', { cluster: undefined }],
    ['a cluster that is no name', { cluster: '../prod01' }],
    ['no clusterId', { clusterId: undefined }],
  ])('S50 refuses claims with %s', async (_, claims) => {
    expect(await rejected(await sign({ claims }))).toBe(
      'AuthenticationError: The',
    );
  });

  it('S50 refuses an assertion that lasts longer than 60 s', async () => {
    const iat = Math.floor(NOW.getTime() / 1000);
    for (const [claims, result] of [
      [{ iat, exp: iat + 60 }, 'accepted'],
      [{ iat, exp: iat + 61 }, 'AuthenticationError: The'],
      [{ iat, exp: iat + 86_400 }, 'AuthenticationError: The'],
      [{ iat, exp: iat }, 'AuthenticationError: The'],
      [{ iat, exp: iat - 60 }, 'AuthenticationError: The'],
      [{ iat: iat - 86_400, exp: iat + 30 }, 'AuthenticationError: The'],
    ] as const) {
      expect([claims, await rejected(await sign({ claims }))]).toEqual([
        claims,
        result,
      ]);
    }
  });

  it('S50 sends the time to a computer whose clock is more than 120 s wrong', async () => {
    const wrong = `AuthenticationError: ${NOW.toISOString()}`;
    for (const [seconds, result] of [
      [-25 * 3600, wrong],
      [-182, wrong],
      [-179, 'accepted'],
      [0, 'accepted'],
      [119, 'accepted'],
      [122, wrong],
      [25 * 3600, wrong],
    ] as const) {
      const now = new Date(NOW.getTime() + seconds * 1000);
      expect([seconds, await rejected(await sign({ now }))]).toEqual([
        seconds,
        result,
      ]);
    }
    // A wrong signature learns nothing of the kind.
    const { privateKey } = await generateKeyPair('ES256');
    expect(
      await rejected(
        await sign({ key: privateKey as never, now: new Date(0) }),
      ),
    ).toBe(UNKNOWN);
  });

  it('S50 refuses keys that are no points of P-256', async () => {
    const { x, y } = laptop.publicKey;
    const other = Buffer.from(y, 'base64url');
    other[31] += 1;
    const p384 = await exportJWK(
      (
        await generateKeyPair('ES384', { extractable: true })
      ).publicKey,
    );
    for (const key of [
      { x, y: other.toString('base64url') },
      { x: y, y: x },
      { x: 'A'.repeat(43), y: 'A'.repeat(43) },
      { x: p384.x!, y: p384.y! },
    ]) {
      await expect(
        checkPublicKey({ kty: 'EC', crv: 'P-256', ...key }),
      ).rejects.toMatchObject({
        name: 'InputError',
        problems: [{ path: ['publicKey'] }],
      });
    }
    expect(await checkPublicKey(laptop.publicKey)).toMatch(/^[\w-]{43}$/);
  });

  it('S50 does not take a token of the portal for an assertion', async () => {
    const token = await new SignJWT({ groups: [] })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: ID })
      .setAudience(ISSUER)
      .sign(laptop.privateKey);
    expect(await rejected(token)).toBe(UNKNOWN);
  });
});
