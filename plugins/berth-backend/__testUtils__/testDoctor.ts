/* eslint-disable jest/no-export -- test cases that two test files share */
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  adminKubeconfig,
  createTestCertificates,
  runKubectl,
} from '@berth/control-plane';
import { SignJWT } from 'jose';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../src/database/migrate';
import { IssuerUnderTest } from '../src/issuer/verifiers/__testUtils__/IssuerUnderTest';
import { contextOf } from '../src/registry/onboarding/__testUtils__/contexts';
import { createGuide } from '../src/registry/onboarding/createGuide';
import { decideAdmissionPolicy } from '../src/registry/onboarding/admissionPolicy';
import { OnboardingContext } from '../src/registry/onboarding/types';
import { ClusterRecord } from '../src/model/clusters';
import {
  DoctorUnderTest,
  statusesOf,
} from '../src/registry/doctor/__testUtils__/DoctorUnderTest';

const START_MS = 180_000;
const CASE_MS = 90_000;
const ID = '01JD0000000000000000000000';

/** A real or simulated cluster. */
export interface TestedCluster {
  apiServer: string;
  caPem: string;
  adminToken: string;
  /** Restarts the API server with another issuer configuration. */
  restart(context: OnboardingContext): Promise<void>;
  stopApiServer(): Promise<void>;
  stop(): Promise<void>;
}

/** Tests each failure that the doctor must name, on a real or simulated API server. */
export function testDoctor(options: {
  version: string;
  /** Whether the API server reports the name and groups of a client. */
  tellsGroups: boolean;
  /** The expected result for the certificate: some are valid for a day only. */
  certificate: 'Passed' | 'Warning';
  start: (context: OnboardingContext) => Promise<TestedCluster>;
}) {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const { version, tellsGroups, certificate } = options;
  const hasPolicy = tellsGroups;
  const groupsPrefixFinding = tellsGroups
    ? { status: 'Failed', cause: 'GroupsPrefix' }
    : { status: 'Passed' };
  let issuer: IssuerUnderTest;
  let tested: TestedCluster;
  let doctor: DoctorUnderTest;

  beforeAll(async () => {
    const database = await databases.init('SQLITE_3');
    await migrate(database);
    issuer = await IssuerUnderTest.start({ database });
    doctor = new DoctorUnderTest(issuer);
    tested = await options.start(context());
    await untilTrusted();
  }, START_MS);

  afterAll(async () => {
    await doctor?.close();
    await tested?.stop();
    await issuer?.stop();
  }, START_MS);

  function context(
    cluster: Partial<OnboardingContext['cluster']> = {},
  ): OnboardingContext {
    return contextOf({
      issuer: issuer.url,
      issuerCaPem: issuer.caPem,
      version,
      cluster: { id: ID, ...cluster },
      admissionPolicy: decideAdmissionPolicy(hasPolicy ? 'true' : 'false'),
    });
  }

  function record(changes: Partial<ClusterRecord> = {}): ClusterRecord {
    return {
      id: ID,
      name: 'prod01',
      apiServer: tested.apiServer,
      caPem: tested.caPem,
      connection: 'oidc',
      kubectlVia: 'direct',
      usernamePrefix: '',
      groupsPrefix: '',
      owner: 'api',
      revision: 1,
      status: { state: 'Pending' },
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
      ...changes,
    };
  }

  async function kubectl(args: string[], input = ''): Promise<string> {
    const { code, stdout, stderr } = await runKubectl(args, {
      kubeconfig: adminKubeconfig(tested),
      input,
    });
    expect({ args, code, stderr }).toEqual({
      args,
      code: 0,
      stderr: expect.any(String),
    });
    return stdout;
  }

  const apply = (input: string) => kubectl(['apply', '-f', '-'], input);
  const manifest = (
    cluster?: Partial<OnboardingContext['cluster']>,
    features: OnboardingContext['features'] = [],
  ) => createGuide('manifest', { ...context(cluster), features }).steps[0].text;

  /** A real API server reads the issuer's documents some seconds after it is ready. */
  async function untilTrusted(cluster = record()): Promise<void> {
    const token = () =>
      issuer.token({ sub: 'user:first', aud: cluster.id, groups: [] });
    const client = doctor.clients.create(cluster, token);
    const deadline = Date.now() + 60_000;
    for (;;) {
      try {
        await client.version();
        return;
      } catch (error) {
        if (Date.now() > deadline) {
          throw error;
        }
        await sleep(250);
      }
    }
  }

  it(
    'names a missing manifest',
    async () => {
      const checks = await doctor.examine(record());
      expect(statusesOf(checks)).toEqual({
        dns: 'Passed',
        tcp: 'Passed',
        tls: certificate,
        version: 'Passed',
        clock: 'Passed',
        issuer: 'Passed',
        token: 'Passed',
        identity: 'Passed',
        audience: 'Passed',
        prefixes: 'Passed',
        rights: 'Failed',
        excess: 'Passed',
        roles: 'Skipped',
        admissionPolicy: 'Warning',
        portalNamespace: 'Skipped',
        classes: 'Failed',
        network: 'Skipped',
        pack: 'Skipped',
      });
      expect(checks.rights).toMatchObject({
        cause: 'NoRights',
        hint: expect.stringContaining('Apply the onboarding manifest'),
      });
      expect(checks.version.message).toBe(`Kubernetes ${version}`);
      expect(checks.token.message).toContain('as berth:reconciler');
    },
    CASE_MS,
  );

  it(
    'finds nothing wrong once the manifest is applied',
    async () => {
      await apply(manifest());
      const checks = await doctor.examine(record());
      const { admissionPolicy, network, pack, tls, ...others } = checks;
      expect(tls.status).toBe(certificate);
      expect(pack).toMatchObject({
        status: 'Skipped',
        message: expect.stringContaining(
          hasPolicy ? 'features=pack' : 'since 1.30',
        ),
      });
      expect(network).toMatchObject({
        status: 'Skipped',
        message: expect.stringContaining('do not show which network plugin'),
      });
      expect(
        Object.values(others).filter(({ status }) => status !== 'Passed'),
      ).toEqual([]);
      expect(admissionPolicy).toMatchObject(
        hasPolicy
          ? { status: 'Passed', message: 'Installed as in the manifest' }
          : { status: 'Warning', cause: 'NotSupported' },
      );
      for (const { durationMs } of Object.values(checks)) {
        expect(durationMs).toBeGreaterThanOrEqual(0);
      }
    },
    CASE_MS,
  );

  it(
    'P20 notices a changed policy of the pack, and one that is missing',
    async () => {
      await apply(manifest({}, ['pack']));
      const passed = await doctor.examine(record());
      expect(passed.pack.status).toBe(hasPolicy ? 'Passed' : 'Skipped');
      expect(passed.excess.status).toBe('Passed');
      if (!hasPolicy) {
        return;
      }
      const weaken = '{"spec":{"validationActions":["Warn"]}}';
      const binding = 'validatingadmissionpolicybinding/placement.berth.dev';
      await kubectl(['patch', binding, '--type=merge', '-p', weaken]);
      expect((await doctor.examine(record())).pack).toMatchObject({
        status: 'Failed',
        cause: 'Differs',
        message: expect.stringContaining('placement.berth.dev'),
      });
      await kubectl(['delete', binding]);
      expect((await doctor.examine(record())).pack).toMatchObject({
        status: 'Failed',
        cause: 'Missing',
      });
      await apply(manifest({}, ['pack']));
    },
    CASE_MS,
  );

  it(
    'S39 fails while others can use the namespace of its service account',
    async () => {
      await kubectl(['create', 'namespace', 'berth-system']);
      await kubectl([
        'create',
        'rolebinding',
        'berth:admin:team-b',
        '--clusterrole=admin',
        '--group=team-b',
        '--namespace=berth-system',
      ]);
      const { portalNamespace } = await doctor.examine(record());
      expect(portalNamespace).toMatchObject({
        status: 'Failed',
        cause: 'OpenToOthers',
        message: expect.stringContaining(
          'berth-system: the RoleBinding berth:admin:team-b gives ClusterRole admin to Group team-b',
        ),
        hint: expect.stringContaining('kubectl delete namespace berth-system'),
      });
      await kubectl([
        'delete',
        'rolebinding',
        'berth:admin:team-b',
        '--namespace=berth-system',
      ]);
      const closed = (await doctor.examine(record())).portalNamespace;
      expect(closed).toMatchObject({ status: 'Passed' });
    },
    CASE_MS,
  );

  it(
    'S39 notices a right that the portal must not have, wherever it comes from',
    async () => {
      await apply(
        roleAndBinding('snoop', '', 'secrets', 'get', 'cluster-reconciler'),
      );
      const checks = await doctor.examine(record());
      expect(checks.excess).toMatchObject({
        status: 'Failed',
        cause: 'TooManyRights',
        message: 'The portal may get secrets',
      });
      expect(checks.rights.status).toBe('Passed');
      await kubectl(['delete', 'clusterrolebinding,clusterrole', 'snoop']);
      expect((await doctor.examine(record())).excess.status).toBe('Passed');
    },
    CASE_MS,
  );

  it(
    'S39 notices that the portal has become cluster-admin',
    async () => {
      await kubectl([
        'create',
        'clusterrolebinding',
        'all',
        '--clusterrole=cluster-admin',
        '--group=cluster-reconciler',
      ]);
      const { excess } = await doctor.examine(record());
      expect(excess).toMatchObject({
        status: 'Failed',
        cause: 'TooManyRights',
      });
      expect(excess.message).toMatch(/^The portal may \* \*.* more$/);
      await kubectl(['delete', 'clusterrolebinding', 'all']);
    },
    CASE_MS,
  );

  it(
    'S39 notices any right beyond the manifest, also in kube-system alone',
    async () => {
      const there = '--namespace=kube-system';
      await kubectl(
        'create role peek --verb=list --resource=pods'.split(' ').concat(there),
      );
      await kubectl(
        'create rolebinding peek --role=peek --group=cluster-reconciler'
          .split(' ')
          .concat(there),
      );
      const { excess } = await doctor.examine(record());
      expect(excess).toMatchObject({
        status: 'Warning',
        cause: 'MoreRights',
        message:
          'The portal may also list pods, which the manifest does not grant',
      });
      await kubectl(['delete', 'role,rolebinding', 'peek', there]);
    },
    CASE_MS,
  );

  it(
    'S39 notices a right that was taken away, and where',
    async () => {
      const role = JSON.parse(
        await kubectl([
          'get',
          'clusterrole',
          'berth:reconciler',
          '--output=json',
        ]),
      );
      for (const rule of role.rules) {
        if (rule.resources.includes('networkpolicies')) {
          rule.verbs = rule.verbs.filter((verb: string) => verb !== 'patch');
        }
      }
      await apply(JSON.stringify(role));
      const checks = await doctor.examine(record());
      const right = 'patch networkpolicies.networking.k8s.io';
      expect(checks.rights).toMatchObject({
        status: 'Failed',
        cause: 'MissingRights',
        message: `The portal may not ${right}`,
      });
      expect(checks.roles).toMatchObject({
        status: 'Failed',
        cause: 'Differs',
        message: `ClusterRole berth:reconciler lacks ${right}`,
      });
      await apply(manifest());
      expect((await doctor.examine(record())).roles.status).toBe('Passed');
    },
    CASE_MS,
  );

  it(
    'names a binding that is missing or for others',
    async () => {
      await kubectl(['delete', 'clusterrolebinding', 'berth:cluster-scope']);
      await kubectl([
        'create',
        'clusterrolebinding',
        'berth:cluster-scope',
        '--clusterrole=berth:cluster-scope',
        '--group=others',
      ]);
      const checks = await doctor.examine(record());
      expect(checks.roles).toMatchObject({
        status: 'Failed',
        message:
          'ClusterRoleBinding berth:cluster-scope is not for Group cluster-scope but for Group others',
      });
      expect(checks.classes).toMatchObject({
        status: 'Failed',
        cause: 'Forbidden',
      });
      await kubectl(['delete', 'clusterrolebinding', 'berth:cluster-admins']);
      await apply(manifest());
      await kubectl(['delete', 'clusterrolebinding', 'berth:cluster-admins']);
      const withoutAdmins = await doctor.examine(record());
      expect(withoutAdmins.roles).toMatchObject({
        status: 'Warning',
        cause: 'Missing',
        message: 'ClusterRoleBinding berth:cluster-admins is missing',
      });
      await apply(manifest());
    },
    CASE_MS,
  );

  it(
    'S25 names another cluster behind the same address',
    async () => {
      await apply(manifest());
      const kubeSystemUid = '00000000-0000-4000-8000-000000000000';
      const { identity } = await doctor.examine(record({ kubeSystemUid }));
      expect(identity).toMatchObject({
        status: 'Failed',
        cause: 'AnotherCluster',
        message: expect.stringContaining(`has ${kubeSystemUid}`),
      });
    },
    CASE_MS,
  );

  it(
    'names a wrong CA, and tries nothing beyond it',
    async () => {
      const { caPem } = await createTestCertificates('another');
      const checks = await doctor.examine(record({ caPem }));
      expect(checks.tls).toMatchObject({
        status: 'Failed',
        cause: 'TLS',
        message: expect.stringContaining('signed by another CA'),
        hint: expect.stringContaining('Give the CA'),
      });
      expect(statusesOf(checks)).toMatchObject({
        dns: 'Passed',
        tcp: 'Passed',
        issuer: 'Passed',
        version: 'Skipped',
        token: 'Skipped',
        classes: 'Skipped',
      });
      expect(checks.version.message).toBe('“Certificate” must pass first');
    },
    CASE_MS,
  );

  it(
    'names a wrong audience, when all else is well',
    async () => {
      const id = '01JD1111111111111111111111';
      const { token, rights } = await doctor.examine(
        record({
          id,
          status: {
            state: 'Unauthorized',
            lastSeenAt: '2026-01-01T00:00:00.000Z',
          },
        }),
      );
      expect(token).toMatchObject({
        status: 'Failed',
        cause: 'Audience',
        message: expect.stringContaining(`another audience than ${id}`),
      });
      expect(rights.status).toBe('Skipped');
      const never = await doctor.examine(record({ id }));
      expect(never.token).toMatchObject({
        cause: 'NotSetUp',
        hint: expect.stringContaining('Do step 2 of Onboarding first'),
      });
    },
    CASE_MS,
  );

  it(
    'names an expired token',
    async () => {
      const { kid, privateKey } = await issuer.signing.signingKey();
      const expiresAt = new Date(Date.now() - 60_000);
      const token = await new SignJWT({ groups: ['cluster-reconciler'] })
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
        .setIssuer(issuer.url)
        .setSubject('berth:reconciler')
        .setAudience(ID)
        .setIssuedAt(expiresAt.getTime() / 1000 - 600)
        .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
        .sign(privateKey);
      const checks = await doctor.examine(record(), { token, expiresAt });
      expect(checks.token).toMatchObject({
        status: 'Failed',
        cause: 'Expired',
        hint: expect.stringContaining('new credential'),
      });
    },
    CASE_MS,
  );

  it(
    'names a missing prefix of user names, and which it is',
    async () => {
      await tested.restart(context({ usernamePrefix: 'oidc:' }));
      await untilTrusted();
      await apply(manifest());
      const { prefixes, rights } = await doctor.examine(record());
      expect(prefixes).toMatchObject({
        status: 'Failed',
        cause: 'UsernamePrefix',
        message:
          'The API server puts “oidc:” before names, and this cluster is set to nothing',
      });
      expect(rights.status).toBe('Passed');
      const set = await doctor.examine(record({ usernamePrefix: 'oidc:' }));
      expect(set.prefixes.status).toBe('Passed');
    },
    START_MS,
  );

  it(
    'names a missing prefix of groups, as far as the version shows',
    async () => {
      await tested.restart(context({ groupsPrefix: 'oidc:' }));
      await untilTrusted();
      const { prefixes, rights } = await doctor.examine(record());
      expect(rights).toMatchObject({
        status: 'Failed',
        cause: 'NoRights',
        hint: expect.stringContaining('another prefix before groups'),
      });
      expect(prefixes).toMatchObject(groupsPrefixFinding);
      await apply(manifest({ groupsPrefix: 'oidc:' }));
      const set = await doctor.examine(record({ groupsPrefix: 'oidc:' }));
      expect(
        Object.values(set).filter(({ status }) => status === 'Failed'),
      ).toEqual([]);
    },
    START_MS,
  );

  it(
    'names a stopped API server',
    async () => {
      await tested.stopApiServer();
      const checks = await doctor.examine(record());
      expect(checks.tcp).toMatchObject({
        status: 'Failed',
        cause: 'TCP',
        message: expect.stringContaining('nothing listens on that port'),
      });
      expect(statusesOf(checks)).toMatchObject({
        dns: 'Passed',
        tls: 'Skipped',
        issuer: 'Passed',
        classes: 'Skipped',
      });
    },
    CASE_MS,
  );
}

function roleAndBinding(
  name: string,
  group: string,
  resource: string,
  verb: string,
  to: string,
): string {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion,
        kind: 'ClusterRole',
        metadata: { name },
        rules: [{ apiGroups: [group], resources: [resource], verbs: [verb] }],
      },
      {
        apiVersion,
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name,
        },
        subjects: [
          { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: to },
        ],
      },
    ],
  });
}
