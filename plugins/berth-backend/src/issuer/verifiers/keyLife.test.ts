import { TestDatabases } from '@backstage/backend-test-utils';
import {
  describeWithControlPlane,
  KubernetesAuthenticator,
} from '@berth/control-plane';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../../database/migrate';
import { configurationFor } from './__testUtils__/configurationFor';
import { IssuerUnderTest } from './__testUtils__/IssuerUnderTest';
import { Load, LoadClient } from './__testUtils__/Load';
import {
  TokenVerifiers,
  startVerifiers,
  untilAccepted,
} from './__testUtils__/startVerifiers';

/** The keys' `max-age` is 30 seconds. A longer absence changes nothing more. */
const OUTAGE_SECONDS = Number(process.env.BERTH_TEST_OUTAGE_SECONDS ?? 35);

const MOST_OF_A_TOKENS_LIFE_MS = 9 * 60_000;

jest.setTimeout(180_000 + OUTAGE_SECONDS * 1000);

const aud = '01JD0000000000000000000000';
const claims = { sub: 'user:alice', aud, groups: ['team-a'] };
const NAMES = ['flags', 'configuration', 'sandbox'] as const;

/**
 * Rotation, revocation and absence of the issuer, as clusters see them: Berth's own key ring on a database with
 * two replicas, its documents over https, and three verifiers with different caches of the keys.
 */
describeWithControlPlane('the life of signing keys', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  let issuer: IssuerUnderTest;
  let verifiers: TokenVerifiers;

  beforeAll(async () => {
    const database = await databases.init(
      databases.supports('POSTGRES_15') ? 'POSTGRES_15' : 'SQLITE_3',
    );
    await migrate(database);
    issuer = await IssuerUnderTest.start({ database });
    verifiers = await startVerifiers(issuer, aud);
  });

  afterAll(async () => {
    await verifiers?.stop();
    await issuer?.stop();
  });

  const mint = () => issuer.token(claims);

  async function enters(name: (typeof NAMES)[number], token: string) {
    return name === 'configuration'
      ? (await verifiers.configuration.verify(token)).accepted
      : verifiers[name].enters(token);
  }

  /** Returns the verdicts of the flags, the configuration and the sandbox. */
  async function verdicts(token: string) {
    return Promise.all(NAMES.map(name => enters(name, token)));
  }

  const all = (accepted: boolean) => NAMES.map(() => accepted);

  async function statesByKid() {
    const keys = await issuer.signing.list();
    return new Map(keys.map(({ kid, state }) => [kid, state]));
  }

  it('S13 refuses no request while the keys rotate twice under load', async () => {
    const clients = NAMES.flatMap(name =>
      // Like kubectl, which keeps a token until a minute before its end, and like browsers.
      [0, 9].map(
        (keepsFor): LoadClient => ({
          name: `${name}, token for ${keepsFor} min`,
          enters: token => enters(name, token),
          takeToken: mint,
          keepsFor,
        }),
      ),
    );
    const load = new Load(issuer, clients);
    const kids: string[] = [];
    const pass = async (minutes: number) => {
      for (let passed = 0; passed < minutes; passed += 5) {
        await issuer.age(5);
        await load.answered(10);
      }
    };
    const note = async () => kids.push((await issuer.signing.signingKey()).kid);

    await load.answered(10);
    await note();
    await issuer.signing.rotate();
    await note();
    await pass(5);
    await note();
    await issuer.signing.rotate();
    await sleep(6_000);
    await load.answered(10);
    await note();
    await pass(20);
    await load.stop();

    const [first, stillFirst, second, third] = kids;
    expect(stillFirst).toBe(first);
    expect(new Set(kids).size).toBe(3);
    const refused = load.answers.filter(({ accepted }) => !accepted);
    expect(refused).toEqual([]);
    for (const { name, keepsFor } of clients) {
      const own = load.answersOf(name);
      expect(new Set(own.map(({ kid }) => kid))).toEqual(
        new Set(keepsFor === 0 ? [first, second, third] : [first, third]),
      );
      const lastOfFirst = own.filter(({ kid }) => kid === first).at(-1)!;
      expect([name, lastOfFirst.minute]).toEqual([name, keepsFor && 5]);
    }
    expect([...(await statesByKid())].map(([, state]) => state)).toEqual([
      'active',
      'next',
    ]);
  });

  it('S16 keeps accepting tokens while the issuer is unreachable, and recovers automatically', async () => {
    const before = await mint();
    expect(await verdicts(before)).toEqual(all(true));

    await issuer.goAway();
    const away = Date.now();
    try {
      while (Date.now() - away < OUTAGE_SECONDS * 1000) {
        const isYoung = Date.now() - away < MOST_OF_A_TOKENS_LIFE_MS;
        for (const token of [await mint(), ...(isYoung ? [before] : [])]) {
          expect(await verdicts(token)).toEqual(all(true));
        }
        await sleep(3_000);
      }

      await issuer.signing.revoke([(await issuer.signing.signingKey()).kid]);
      await sleep(11_000);
      expect(await verdicts(await mint())).toEqual(all(false));
      await verifiers.controlPlane.restartApiServer();
      expect(await enters('flags', await mint())).toBe(false);
    } finally {
      await issuer.comeBack();
    }
    expect(await enters('configuration', await mint())).toBe(true);
    expect(await enters('sandbox', await mint())).toBe(true);
    await untilAccepted(verifiers.flags, await mint());
  });

  it('S15 makes a stolen key useless, without an outage for other people', async () => {
    const idle = await KubernetesAuthenticator.start(
      configurationFor(issuer, aud),
      issuer.caPem,
    );
    try {
      const thief = await issuer.thief();
      const forge = async () => (await thief.sign(claims)).token;
      const given = await mint();
      expect(await verdicts(given)).toEqual(all(true));
      expect(await verdicts(await forge())).toEqual(all(true));

      const { kid } = await issuer.signing.signingKey();
      await issuer.signing.revoke([kid]);
      const revokedAt = Date.now();
      let acceptedAfterMs = 0;
      while (Date.now() - revokedAt < 20_000) {
        expect(await verdicts(await mint())).toEqual(all(true));
        const forged = await forge();
        const askedAfterMs = Date.now() - revokedAt;
        if ((await verdicts(forged)).includes(true)) {
          acceptedAfterMs = askedAfterMs;
        }
        await sleep(500);
      }
      expect(acceptedAfterMs).toBeLessThan(17_000);
      // An API server caches the result of a token for ten seconds.
      await sleep(5_000);
      expect(await verdicts(given)).toEqual(all(false));

      // A verifier that meets no token of the new key keeps its keys. The portal's own probes send such tokens.
      expect(await idle.verify(await forge())).toMatchObject({ ok: true });
      expect(await idle.verify(await mint())).toMatchObject({ ok: true });
      expect(await idle.verify(await forge())).toMatchObject({ ok: false });
    } finally {
      await idle.stop();
    }
  });
});
