import { TestDatabases } from '@backstage/backend-test-utils';
import { describeWithControlPlane } from '@berth/control-plane';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { migrate } from '../../database/migrate';
import { KEY_ALGORITHMS } from '../keys/types';
import { IssuerUnderTest } from './__testUtils__/IssuerUnderTest';
import { TokenVerifier } from './__testUtils__/TokenVerifier';
import { PortalVerifier } from './__testUtils__/PortalVerifier';
import { TokenVerifiers, startVerifiers } from './__testUtils__/startVerifiers';
import { claimMutations } from './__testUtils__/mutations/claims';
import { Forger } from './__testUtils__/mutations/Forger';
import { formMutations } from './__testUtils__/mutations/forms';
import {
  CLUSTERS,
  VerifierName,
  Mutation,
} from './__testUtils__/mutations/Mutation';
import { signatureMutations } from './__testUtils__/mutations/signatures';

jest.setTimeout(180_000);

const audience = '01JD0000000000000000000000';
const person = { sub: 'user:alice', aud: audience, groups: ['team-a'] };

describeWithControlPlane('tokens before their verifiers', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  describe.each(KEY_ALGORITHMS)('signed with %s', algorithm => {
    let issuer: IssuerUnderTest;
    let clusters: TokenVerifiers;
    let verifiers: Record<VerifierName, TokenVerifier>;
    let portal: PortalVerifier;
    let forger: Forger;

    beforeAll(async () => {
      const database = await databases.init('SQLITE_3');
      await migrate(database);
      issuer = await IssuerUnderTest.start({ database, algorithm });
      forger = await Forger.create(issuer, audience);
      portal = await PortalVerifier.start(issuer.url);
      clusters = await startVerifiers(issuer, audience);
      const { flags, configuration, sandbox } = clusters;
      verifiers = { flags, configuration, sandbox, portal };
    });

    afterAll(async () => {
      await clusters?.stop();
      await issuer?.stop();
    });

    async function verify({ make, user }: Mutation) {
      const token = make(forger);
      const answers = await Promise.all(
        Object.entries(verifiers).map(async ([name, asked]) => ({
          name,
          ...(await asked.verify(token)),
        })),
      );
      const known = answers
        .filter(({ accepted, name }) => accepted && name !== 'portal')
        .map(({ username, groups }) => ({ username, groups }));
      expect(known).toEqual(
        known.map(() => ({
          username: 'user:alice',
          groups: ['team-a'],
          ...user,
        })),
      );
      return answers
        .filter(({ accepted }) => accepted)
        .map(({ name }) => name)
        .sort();
    }

    it("S5 S6 accepts the issuer's tokens, and reads their claims correctly", async () => {
      const token = await issuer.token(person);
      expect(decodeProtectedHeader(token)).toEqual({
        alg: algorithm,
        kid: (await issuer.signing.signingKey()).kid,
        typ: 'JWT',
      });
      const { iat, exp, jti, ...claims } = decodeJwt(token);
      expect(claims).toEqual({ ...person, iss: issuer.url });
      expect([exp! - iat!, typeof jti]).toEqual([600, 'string']);
      for (const name of CLUSTERS) {
        expect(await verifiers[name].verify(token)).toMatchObject({
          accepted: true,
          username: 'user:alice',
          groups: ['team-a'],
        });
      }
    });

    it("S7 refuses clusters' tokens at the portal, and the portal's at clusters", async () => {
      const own = await issuer.token(person);
      expect(await portal.verify(own)).toEqual({ accepted: false });
      const token = await portal.userToken();
      expect(await portal.verify(token)).toEqual({ accepted: true });
      for (const name of CLUSTERS) {
        expect(await verifiers[name].verify(token)).toMatchObject({
          accepted: false,
        });
      }
    });

    it("S7 refuses another cluster's token", async () => {
      const token = await issuer.token({
        ...person,
        aud: '01JD1111111111111111111111',
      });
      for (const name of CLUSTERS) {
        expect(await verifiers[name].verify(token)).toMatchObject({
          accepted: false,
        });
      }
    });

    it.each(signatureMutations)('S8 signature: $name', async mutation => {
      expect(await verify(mutation)).toEqual(
        [...(mutation.acceptedBy ?? [])].sort(),
      );
    });

    it.each(formMutations)('S8 form: $name', async mutation => {
      expect(await verify(mutation)).toEqual(
        [...(mutation.acceptedBy ?? [])].sort(),
      );
    });

    it('S8 sends no request to the keys that a header names', () => {
      expect([...issuer.requests.keys()].sort()).toEqual([
        '/api/oidc/.well-known/openid-configuration',
        '/api/oidc/jwks.json',
      ]);
    });

    it.each(claimMutations)('S8 claims: $name', async mutation => {
      expect(await verify(mutation)).toEqual(
        [...(mutation.acceptedBy ?? [])].sort(),
      );
    });

    it('S5 shows why our tokens have no _claim_names: Kubernetes fetches the URLs in them', () => {
      expect(issuer.requests.get('/attacker/keys.json')).toBeGreaterThan(0);
    });
  });
});
