import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JWK, KeyLike } from 'jose';
import { KeySet } from './KeySet';

interface Key {
  kid: string;
  privateKey: KeyLike;
  jwk: JWK;
}

async function makeKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256' };
  return { kid, privateKey, jwk };
}

const sign = ({ kid, privateKey }: Key) =>
  new SignJWT({ sub: 'a' })
    .setProtectedHeader({ alg: 'RS256', kid })
    .sign(privateKey);

describe('KeySet', () => {
  let now = 0;
  let published: Key[] = [];
  let fetches = 0;
  let maxAge = 0;
  let first: Key;
  let second: Key;

  beforeAll(async () => {
    first = await makeKey('first');
    second = await makeKey('second');
  });

  beforeEach(() => {
    now = 1_000_000;
    published = [first];
    fetches = 0;
    maxAge = 3600;
  });

  const keySet = () =>
    new KeySet(
      async () => {
        fetches += 1;
        return { keys: { keys: published.map(({ jwk }) => jwk) }, maxAge };
      },
      () => now,
    );

  it('does not fetch the keys again for an unknown key while they are fresh', async () => {
    const keys = keySet();
    await keys.verify(await sign(first));
    published = [first, second];
    await expect(keys.verify(await sign(second))).rejects.toThrow();
    expect(fetches).toBe(1);

    now += (3600 - 20) * 1000;
    await expect(keys.verify(await sign(second))).resolves.toEqual({
      sub: 'a',
    });
    expect(fetches).toBe(2);
  });

  it('fetches the keys again immediately if max-age is 30 s or less', async () => {
    maxAge = 30;
    const keys = keySet();
    await keys.verify(await sign(first));
    published = [first, second];
    await keys.verify(await sign(second));
    expect(fetches).toBe(2);
  });

  it('still accepts a known key while the issuer is unreachable', async () => {
    let isAway = false;
    const keys = new KeySet(
      async () => {
        if (isAway) {
          throw new Error('away');
        }
        return { keys: { keys: [first.jwk] }, maxAge: 30 };
      },
      () => now,
    );
    await keys.verify(await sign(first));
    isAway = true;
    now += 24 * 3600 * 1000;
    await expect(keys.verify(await sign(first))).resolves.toEqual({ sub: 'a' });
  });

  it('fetches the keys once for many simultaneous tokens', async () => {
    const keys = keySet();
    const token = await sign(first);
    await Promise.all([keys.verify(token), keys.verify(token)]);
    expect(fetches).toBe(1);
  });

  it('refuses a known kid with another signature', async () => {
    const keys = keySet();
    const forged = await sign({ ...second, kid: 'first' });
    await expect(keys.verify(forged)).rejects.toThrow();
  });
});
