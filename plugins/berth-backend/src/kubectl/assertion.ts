import { AuthenticationError, InputError } from '@backstage/errors';
import { DeviceKey } from '@berth/plugin-berth-common';
import {
  calculateJwkThumbprint,
  compactVerify,
  decodeProtectedHeader,
  importJWK,
} from 'jose';
import { z } from 'zod';
import { atField } from '../text/fieldProblems';
import { unknownDevice } from './errors';

/** The routes that a device signs calls of. */
export type DeviceAction = 'activate' | 'credential' | 'clusters' | 'end';

const ALGORITHM = 'ES256';
const TYPE = 'berth-device+jwt';
/** Three parts in base64url without padding, which jose also accepts with it. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const MAX_LIFE_SECONDS = 60;
/** The difference that the clocks of the device and the portal may have. */
const CLOCK_TOLERANCE_SECONDS = 120;

const header = z.strictObject({
  alg: z.literal(ALGORITHM),
  typ: z.literal(TYPE),
  kid: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
});

const common = {
  aud: z.string(),
  iat: z.number().int(),
  exp: z.number().int(),
  jti: z.string().min(1).max(64),
};

const claimsOf = {
  activate: z.strictObject({
    ...common,
    act: z.literal('activate'),
    code: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  }),
  credential: z.strictObject({
    ...common,
    act: z.literal('credential'),
    cluster: z.string().regex(/^[a-z0-9]{1,63}$/),
    clusterId: z.string().min(1).max(63),
  }),
  clusters: z.strictObject({ ...common, act: z.literal('clusters') }),
  end: z.strictObject({ ...common, act: z.literal('end') }),
};

/** The claims of an assertion for a route. */
export type AssertionClaims<Action extends DeviceAction> = z.infer<
  (typeof claimsOf)[Action]
>;

/**
 * Checks that a public key is a point of the curve, and returns its thumbprint.
 *
 * @throws InputError naming the field
 * @see https://www.rfc-editor.org/rfc/rfc7638
 */
export async function checkPublicKey(publicKey: DeviceKey): Promise<string> {
  try {
    await importJWK(publicKey, ALGORITHM);
  } catch {
    throw atField(
      new InputError('publicKey must be a point of the curve P-256'),
      'publicKey',
    );
  }
  return calculateJwkThumbprint(publicKey, 'sha256');
}

/**
 * Reads the id of the device that an assertion names. Nothing is verified yet.
 *
 * @throws the error of `unknownDevice` for any header but the one that kubectl-berth writes
 */
export function readDeviceId(assertion: string): string {
  let decoded: unknown;
  try {
    if (!COMPACT.test(assertion)) {
      throw unknownDevice();
    }
    decoded = decodeProtectedHeader(assertion);
  } catch {
    throw unknownDevice();
  }
  const parsed = header.safeParse(decoded);
  if (!parsed.success) {
    throw unknownDevice();
  }
  return parsed.data.kid;
}

/**
 * Verifies an assertion, the signature first: only the device learns more than that it is wrong.
 *
 * @param audience - the portal's issuer
 * @throws AuthenticationError; with `serverTime` if the clock of the device is wrong
 */
export async function verifyAssertion<Action extends DeviceAction>(
  assertion: string,
  {
    action,
    audience,
    now,
    publicKey,
  }: { action: Action; audience: string; now: Date; publicKey: DeviceKey },
): Promise<AssertionClaims<Action>> {
  const payload = await verifySignature(assertion, publicKey);
  const parsed = claimsOf[action].safeParse(payload);
  if (!parsed.success) {
    const fields = parsed.error.issues.flatMap(({ path }) => path);
    throw new AuthenticationError(
      `The claims of the assertion must be ${Object.keys(
        claimsOf[action].shape,
      ).join(', ')} for ${action}${
        fields.length > 0 ? `; wrong: ${fields.join(', ')}` : ''
      }`,
    );
  }
  const claims = parsed.data as AssertionClaims<Action>;
  if (claims.aud !== audience) {
    throw new AuthenticationError(
      `The assertion is for another portal: its aud must be ${audience}`,
    );
  }
  assertTimely(claims, now);
  return claims;
}

/** The schemas of the claims are stricter than `jwtVerify`, so only the signature is left to verify. */
async function verifySignature(
  assertion: string,
  publicKey: DeviceKey,
): Promise<unknown> {
  try {
    const key = await importJWK(publicKey, ALGORITHM);
    const { payload, protectedHeader } = await compactVerify(assertion, key, {
      algorithms: [ALGORITHM],
    });
    header.parse(protectedHeader);
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    throw unknownDevice();
  }
}

function assertTimely({ iat, exp }: { iat: number; exp: number }, now: Date) {
  if (exp <= iat || exp - iat > MAX_LIFE_SECONDS) {
    throw new AuthenticationError(
      `The assertion lasts ${
        exp - iat
      } s, but exp must be 1 to ${MAX_LIFE_SECONDS} s after iat`,
    );
  }
  const seconds = now.getTime() / 1000;
  if (
    iat > seconds + CLOCK_TOLERANCE_SECONDS ||
    exp < seconds - CLOCK_TOLERANCE_SECONDS
  ) {
    const serverTime = now.toISOString();
    throw Object.assign(
      new AuthenticationError(
        `The clock of the computer is more than ${CLOCK_TOLERANCE_SECONDS} s wrong: the portal's time is ${serverTime}`,
      ),
      { serverTime },
    );
  }
}
