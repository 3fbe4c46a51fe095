import { ReusingTokenSigner } from './ReusingTokenSigner';
import { KeyRing } from './keys/types';
import { TokenClaims, TokenSigner } from './types';

const claims: TokenClaims = {
  sub: 'user:alice',
  aud: 'cluster-1',
  groups: ['cluster-scope', 'team-a'],
};

function setUp({ lifeMs = 600_000 } = {}) {
  let kid = 'k1';
  let count = 0;
  const signer: TokenSigner = {
    sign: async () => {
      count += 1;
      return {
        token: `token-${count}`,
        kid,
        jti: `${count}`,
        issuedAt: new Date(),
        expiresAt: new Date(Date.now() + lifeMs),
      };
    },
  };
  const keyRing = { signingKey: async () => ({ kid }) } as unknown as KeyRing;
  return {
    signer: new ReusingTokenSigner({ signer, keyRing }),
    changeKey: () => {
      kid = 'k2';
    },
  };
}

describe('ReusingTokenSigner', () => {
  afterEach(() => jest.useRealTimers());

  it('returns a token until half of its lifetime has passed', async () => {
    jest.useFakeTimers({ now: 0 });
    const { signer } = setUp();
    expect((await signer.sign(claims)).token).toBe('token-1');
    jest.setSystemTime(299_999);
    expect((await signer.sign(claims)).token).toBe('token-1');
    jest.setSystemTime(300_000);
    expect((await signer.sign(claims)).token).toBe('token-2');
  });

  it('uses the lifetime of the token itself', async () => {
    jest.useFakeTimers({ now: 0 });
    const { signer } = setUp({ lifeMs: 100_000 });
    await signer.sign(claims);
    jest.setSystemTime(49_999);
    expect((await signer.sign(claims)).token).toBe('token-1');
    jest.setSystemTime(50_000);
    expect((await signer.sign(claims)).token).toBe('token-2');
  });

  it.each([
    { ...claims, sub: 'user:bob' },
    { ...claims, aud: 'cluster-2' },
    { ...claims, groups: ['cluster-scope'] },
    { ...claims, groups: ['cluster-scope', 'team-a', 'team-b'] },
    { ...claims, groups: ['cluster-scope,team-a'] },
  ])('S10 S30 never returns it for other claims: %j', async other => {
    const { signer } = setUp();
    await signer.sign(claims);
    expect((await signer.sign(other)).token).toBe('token-2');
  });

  it('S15 never returns a token of a key that no longer signs', async () => {
    const { signer, changeKey } = setUp();
    await signer.sign(claims);
    changeKey();
    expect((await signer.sign(claims)).token).toBe('token-2');
  });
});
