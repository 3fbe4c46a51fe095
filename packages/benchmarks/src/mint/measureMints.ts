import { SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import { KeyAlgorithm } from '../backend';
import { measureRounds } from '../harness/measureRounds';
import { Progress, Row } from '../harness/types';
import { ISSUER, startPortal } from './startPortal';

const TOKEN_LIFETIME_SECONDS = 600;
const ROUNDS = 15;
const CONCURRENCY = 8;
const OPERATIONS: Record<KeyAlgorithm, number> = { RS256: 250, ES256: 1_000 };

/** Measures the minting of tokens with one signature algorithm. */
export async function measureMints(
  algorithm: KeyAlgorithm,
  progress: Progress,
): Promise<Row[]> {
  const portal = await startPortal(algorithm);
  try {
    const { person, readCluster, signer, reusing, tokens, reusedTokens } =
      portal;
    const visible = await readCluster();
    const { claims } = await tokens.mint(person, visible);
    const { kid, privateKey } = await portal.keyRing.signingKey();
    const options = {
      rounds: ROUNDS,
      concurrency: CONCURRENCY,
      progress: (what: string) => progress(`${algorithm}: ${what}`),
    };
    const bare = `${algorithm} bare jose`;
    const signing = await measureRounds(
      [
        {
          what: bare,
          operation: () => {
            const now = Math.floor(Date.now() / 1000);
            return new SignJWT({ groups: claims.groups })
              .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
              .setIssuer(ISSUER)
              .setSubject(claims.sub)
              .setAudience(claims.aud)
              .setIssuedAt(now)
              .setExpirationTime(now + TOKEN_LIFETIME_SECONDS)
              .setJti(randomUUID())
              .sign(privateKey);
          },
        },
        {
          what: `${algorithm} signer`,
          operation: () => signer.sign(claims),
          baseline: bare,
          goal: 0.9,
        },
        {
          what: `${algorithm} token service`,
          operation: () => tokens.mint(person, visible),
          baseline: bare,
          goal: algorithm === 'RS256' ? 0.7 : undefined,
        },
        {
          what: `${algorithm} shares and token service`,
          operation: async () => tokens.mint(person, await readCluster()),
          baseline: bare,
        },
      ],
      { ...options, operations: OPERATIONS[algorithm] },
    );
    const cached = await measureRounds(
      [
        {
          what: `${algorithm} cached signer`,
          operation: () => reusing.sign(claims),
        },
        {
          what: `${algorithm} cached token service`,
          operation: () => reusedTokens.mint(person, visible),
        },
      ],
      { ...options, rounds: 10, operations: 2_000 },
    );
    return [...signing, ...cached];
  } finally {
    await portal.stop();
  }
}
