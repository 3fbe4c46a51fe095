import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  jwtVerify,
} from 'jose';
import { JoseTokenSigner } from './JoseTokenSigner';
import { KeyRing } from './keys/types';

const issuer = 'https://portal.example.com/api/oidc';
const claims = {
  sub: 'user:alice',
  aud: '01JD0000000000000000000000',
  groups: ['cluster-scope', 'team-a'],
};

async function createKeyRing(): Promise<KeyRing> {
  const pair = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'RS256' };
  return {
    signingKey: async () => ({
      kid: 'k',
      algorithm: 'RS256',
      privateKey: pair.privateKey,
    }),
    publishedKeys: async () => ({
      jwks: { keys: [jwk] },
      algorithms: ['RS256'],
    }),
  };
}

describe('JoseTokenSigner', () => {
  it.each([
    [120, 120],
    [3_600, 600],
  ])(
    'ends a token in %i s or, if that is sooner, after its lifetime',
    async (seconds, expected) => {
      const keyRing = await createKeyRing();
      const signer = new JoseTokenSigner({ issuer, keyRing });
      const now = Math.floor(Date.now() / 1000);
      const notAfter = new Date((now + seconds) * 1000);
      const { token, expiresAt } = await signer.sign({ ...claims, notAfter });
      const { exp } = decodeJwt(token);
      expect(exp! - now).toBeGreaterThanOrEqual(expected);
      expect(exp! - now).toBeLessThanOrEqual(expected + 5);
      expect(expiresAt.getTime()).toBe(exp! * 1000);
      expect(decodeJwt(token)).not.toHaveProperty('notAfter');
    },
  );

  it('S5 writes a fixed header and the allowed claims only', async () => {
    const keyRing = await createKeyRing();
    const signer = new JoseTokenSigner({ issuer, keyRing });
    const hostile = { ...claims, admin: true, _claim_names: { groups: 'x' } };
    const { token, jti, expiresAt } = await signer.sign(hostile);

    expect(decodeProtectedHeader(token)).toEqual({
      alg: 'RS256',
      kid: 'k',
      typ: 'JWT',
    });
    const payload = decodeJwt(token);
    expect(payload).toEqual({
      ...claims,
      iss: issuer,
      jti,
      iat: expect.any(Number),
      exp: expiresAt.getTime() / 1000,
    });
    expect(payload.exp! - payload.iat!).toBe(600);
    expect(typeof payload.aud).toBe('string');
  });

  it('signs tokens that the published keys verify', async () => {
    const keyRing = await createKeyRing();
    const { token } = await new JoseTokenSigner({ issuer, keyRing }).sign(
      claims,
    );
    const keys = createLocalJWKSet((await keyRing.publishedKeys()).jwks);
    await expect(
      jwtVerify(token, keys, { issuer, audience: claims.aud }),
    ).resolves.toBeDefined();
  });

  it('S5 gives every token its own jti', async () => {
    const signer = new JoseTokenSigner({
      issuer,
      keyRing: await createKeyRing(),
    });
    const tokens = await Promise.all([
      signer.sign(claims),
      signer.sign(claims),
    ]);
    expect(tokens[0].jti).not.toBe(tokens[1].jti);
  });

  it('S5 refuses a token that would be larger than 8 KB', async () => {
    const signer = new JoseTokenSigner({
      issuer,
      keyRing: await createKeyRing(),
    });
    const groups = Array.from({ length: 200 }, (_, i) =>
      `${i}`.padEnd(63, 'g'),
    );
    await expect(signer.sign({ ...claims, groups })).rejects.toThrow(
      'API servers accept at most 8192',
    );
  });
});
