import { TestDatabases } from '@backstage/backend-test-utils';
import {
  createTestCertificates,
  describeWithControlPlane,
  KubernetesAuthenticator,
} from '@berth/control-plane';
import { SignJWT } from 'jose';
import { parse, stringify } from 'yaml';
import { migrate } from '../../database/migrate';
import { IssuerUnderTest } from '../../issuer/verifiers/__testUtils__/IssuerUnderTest';
import { contextOf } from './__testUtils__/contexts';
import { createGuide } from './createGuide';
import { OnboardingContext } from './types';

const ID = '01JD0000000000000000000000';
const START_MS = 120_000;

/** The authenticator of a recent Kubernetes evaluates the files of the guides. */
describeWithControlPlane('AuthenticationConfiguration of the guides', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let issuer: IssuerUnderTest;

  beforeAll(async () => {
    const database = await databases.init('SQLITE_3');
    await migrate(database);
    issuer = await IssuerUnderTest.start({ database });
  }, START_MS);

  afterAll(() => issuer?.stop());

  function contextWith(
    changes: Parameters<typeof contextOf>[0] = {},
  ): OnboardingContext {
    return contextOf({
      issuer: issuer.url,
      issuerCaPem: issuer.caPem,
      ...changes,
    });
  }

  function savedFile(context: OnboardingContext): string {
    const { steps } = createGuide('authentication-config', context);
    const file = steps.find(step => step.filename === 'authentication.yaml');
    return file!.text;
  }

  /** Signs a token with the issuer's own key, but without its signer. */
  async function forge(claims: Record<string, unknown>): Promise<string> {
    const { kid, privateKey } = await issuer.signing.signingKey();
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: issuer.url,
      sub: 'user:alice',
      aud: ID,
      groups: ['cluster-scope', 'team-a'],
      iat: now,
      exp: now + 600,
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .sign(privateKey);
  }

  it.each([
    ['v1.33.1', '', ''],
    ['v1.36.0', '', ''],
    ['v1.36.0', 'berth:', 'oidc:'],
    ['v1.30.0', `'"\\`, `" || true || "`],
  ])(
    'S6 %s with the prefixes %j and %j: our tokens are accepted as what they say',
    async (version, usernamePrefix, groupsPrefix) => {
      // The only CA outside the file did not sign the certificate of the issuer.
      const authenticator = await KubernetesAuthenticator.start(
        savedFile(
          contextWith({ version, cluster: { usernamePrefix, groupsPrefix } }),
        ),
        (
          await createTestCertificates('another')
        ).caPem,
      );
      try {
        for (const [sub, groups] of [
          ['user:alice', ['cluster-scope', 'team-a']],
          ['user:acme/bob', ['cluster-scope']],
          ['berth:reconciler', ['cluster-reconciler']],
        ] as const) {
          const token = await issuer.token({
            sub,
            aud: ID,
            groups: [...groups],
          });
          await expect(authenticator.verify(token)).resolves.toMatchObject({
            ok: true,
            username: `${usernamePrefix}${sub}`,
            groups: groups.map(group => `${groupsPrefix}${group}`),
          });
        }
      } finally {
        await authenticator.stop();
      }
    },
    START_MS,
  );

  it(
    'S6 refuses tokens that the portal never issues, even if its key signed them',
    async () => {
      const authenticator = await KubernetesAuthenticator.start(
        savedFile(contextWith()),
        issuer.caPem,
      );
      const now = Math.floor(Date.now() / 1000);
      const hostile: [Record<string, unknown>, RegExp][] = [
        [{ aud: 'another-cluster' }, /audience/],
        [{ aud: [ID, 'another-cluster'] }, /for this cluster alone/],
        [{ aud: [ID] }, /for this cluster alone/],
        [{ iat: now, exp: now + 601 }, /valid for more than 600 seconds/],
        [{ iat: undefined }, /no such key: iat|iat/],
        [{ iat: now - 1200, exp: now - 600 }, /expired/],
        [{ iss: `${issuer.url}/` }, /./],
        [{ sub: 'system:admin' }, /must begin with user:/],
        [{ sub: 'berth:reconciler2' }, /must begin with user:/],
        [{ sub: 'admin' }, /must begin with user:/],
        [
          { groups: ['team-a', 'system:masters'] },
          /must not begin with system:/,
        ],
        [{ groups: ['system:'] }, /must not begin with system:/],
      ];
      try {
        await expect(
          authenticator.verify(await forge({})),
        ).resolves.toMatchObject({ ok: true, username: 'user:alice' });
        for (const [claims, error] of hostile) {
          const verdict = await authenticator.verify(await forge(claims));
          expect({ claims, ...verdict }).toMatchObject({
            claims,
            ok: false,
            error: expect.stringMatching(error),
          });
        }
      } finally {
        await authenticator.stop();
      }
    },
    START_MS,
  );

  it(
    'refuses names with the prefixes of Kubernetes, even behind another prefix',
    async () => {
      const authenticator = await KubernetesAuthenticator.start(
        savedFile(contextWith({ cluster: { groupsPrefix: 'sys' } })),
        issuer.caPem,
      );
      try {
        await expect(
          authenticator.verify(await forge({ groups: ['tem:masters'] })),
        ).resolves.toMatchObject({ ok: false });
      } finally {
        await authenticator.stop();
      }
    },
    START_MS,
  );

  it(
    'the file for AKS has the same meaning, with the prefix of AKS',
    async () => {
      const { steps } = createGuide('aks', contextWith());
      const given = JSON.parse(
        steps.find(step => step.language === 'json')!.text,
      );
      const certificateAuthority = atob(given.issuer.certificateAuthority);
      const configuration = stringify({
        ...parse(savedFile(contextWith())),
        jwt: [{ ...given, issuer: { ...given.issuer, certificateAuthority } }],
      });
      const authenticator = await KubernetesAuthenticator.start(
        configuration,
        issuer.caPem,
      );
      try {
        await expect(
          authenticator.verify(await forge({})),
        ).resolves.toMatchObject({
          ok: true,
          username: 'aks:jwt:user:alice',
          groups: ['aks:jwt:cluster-scope', 'aks:jwt:team-a'],
        });
        await expect(
          authenticator.verify(await forge({ sub: 'github:alice' })),
        ).resolves.toMatchObject({ ok: false });
      } finally {
        await authenticator.stop();
      }
    },
    START_MS,
  );
});
