import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  berthClusterReadPermission,
  berthClusterUpdatePermission,
  berthNamespaceReadPermission,
  berthNamespaceUpdatePermission,
  berthTokenCreatePermission,
} from '@berth/plugin-berth-common';
import express from 'express';
import request from 'supertest';
import { ActivityAuditor } from '../audit/ActivityAuditor';
import { createTokenRateLimit } from '../http/rateLimits';
import { ClusterRecord, ShareRecord } from '../model/clusters';
import { NamespaceRecord } from '../model/tenancy';
import { personIn } from './__testUtils__/people';
import { Caller, Callers } from './Callers';
import { ClusterAccess } from './ClusterAccess';
import { DefaultTokenService } from './DefaultTokenService';
import { NamespaceAccess } from './NamespaceAccess';
import { Authorizer } from './permissions/Authorizer';
import { clusterResourceRef } from './permissions/clusterRules';
import { createAccessRouter } from './router';

const cluster = { id: 'C1', name: 'prod' } as ClusterRecord;
const share = {
  clusterId: 'C1',
  group: 'group:default/team-a',
  kubernetesName: 'team-a',
} as ShareRecord;
const namespace = { clusterId: 'C1', name: 'shop' } as NamespaceRecord;
const allow = { result: AuthorizeResult.ALLOW } as const;

/** Counts the reads of one request, with simulated stores and services. */
function setUp({ admin }: { admin: boolean }) {
  const httpAuth = mockServices.httpAuth();
  const reads = {
    person: jest.fn(async () => personIn(['team-a'], admin)),
    cluster: jest.fn(async () => cluster),
    shares: jest.fn(async () => [share]),
    namespace: jest.fn(async () => namespace),
    listExpiring: jest.fn(async () => []),
  };
  const decisions: string[] = [];
  const asked = jest.fn();
  const authorizer = new Authorizer({
    permissions: mockServices.permissions.mock({
      authorizeConditional: async requests => {
        asked();
        return requests.map(({ permission }) => {
          decisions.push(permission.name);
          return allow;
        });
      },
    }),
    permissionsRegistry: mockServices.permissionsRegistry.mock({
      getPermissionRuleset: () => ({
        getRuleByName: () => {
          throw new Error('No decision is conditional here');
        },
      }),
    }),
  });
  const callers = new Callers({ httpAuth, people: { resolve: reads.person } });
  const clusters = { namesOf: async () => new Map([['C1', 'prod']]) };
  const access = new ClusterAccess({
    authorizer,
    callers,
    clusters: { list: jest.fn() },
    reads: { get: reads.cluster, sharesOf: reads.shares },
    shares: { list: jest.fn() },
  });
  const namespaceAccess = new NamespaceAccess({
    authorizer,
    clusterAccess: access,
    clusters,
    grants: { listByNamespaces: async () => [] },
    namespaces: { get: reads.namespace },
    quotas: { listByNamespaces: async () => [] },
  } as unknown as ConstructorParameters<typeof NamespaceAccess>[0]);
  const counts = () =>
    Object.fromEntries(
      Object.entries(reads).map(([name, { mock }]) => [
        name,
        mock.calls.length,
      ]),
    );
  return {
    access,
    asked,
    callers,
    counts,
    decisions,
    httpAuth,
    namespaceAccess,
    reads,
  };
}

function callerOf(admin: boolean): Caller {
  return {
    credentials: mockCredentials.user('user:default/alice'),
    person: personIn(['team-a'], admin),
  };
}

describe('the reads of one request', () => {
  it('mints a token with one read each of the caller, the cluster, the shares and the grants, and one question to the policy', async () => {
    const { access, asked, callers, counts, decisions, httpAuth, reads } =
      setUp({ admin: false });
    const app = express().use(
      createAccessRouter({
        access,
        adminGroups: new Set(),
        helm: true,
        terminal: false,
        auditor: ActivityAuditor.create({
          auditor: mockServices.auditor.mock({
            createEvent: async () => ({
              success: async () => {},
              fail: async () => {},
            }),
          }),
          activity: {
            begin: async () => ({ end: async () => {} }),
            record: async () => {},
          },
          clusterId: async () => 'C1',
          holdersOf: async () => ({ groups: [] }),
          httpAuth,
          logger: mockServices.logger.mock(),
          identified: () => undefined,
          person: async sent => (await callers.of(sent)).person,
        }),
        tokenRateLimit: createTokenRateLimit(
          mockServices.rootConfig(),
          callers,
        ),
        tokens: new DefaultTokenService({
          grants: { listExpiring: reads.listExpiring },
          personal: { isOpenToFormer: async () => false },
          signer: {
            sign: async () => ({
              token: 'signed',
              kid: 'K1',
              jti: 'J1',
              issuedAt: new Date(),
              expiresAt: new Date(),
            }),
          },
        }),
      }),
    );
    const { status } = await request(app)
      .post('/clusters/prod/token')
      .set('Authorization', mockCredentials.user.header('user:default/alice'));
    expect(status).toBe(201);
    expect(counts()).toEqual({
      person: 1,
      cluster: 1,
      shares: 1,
      namespace: 0,
      listExpiring: 1,
    });
    expect(decisions).toEqual([
      berthClusterReadPermission.name,
      berthTokenCreatePermission.name,
    ]);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('S11 refuses when the policy does not answer about all permissions', async () => {
    const authorizeConditional = jest.fn(async () => [allow]);
    const authorizer = new Authorizer({
      permissions: mockServices.permissions.mock({
        authorizeConditional: authorizeConditional as never,
      }),
      permissionsRegistry: mockServices.permissionsRegistry.mock({
        getPermissionRuleset: () => ({
          getRuleByName: () => {
            throw new Error('No decision is conditional here');
          },
        }),
      }),
    });
    const { credentials } = callerOf(false);
    authorizer.prepare(credentials, [
      berthClusterReadPermission,
      berthTokenCreatePermission,
    ]);
    await expect(
      authorizer.decide(
        credentials,
        berthTokenCreatePermission,
        clusterResourceRef,
      ),
    ).rejects.toThrow();
    authorizeConditional.mockRejectedValue(new Error('The policy is away'));
    const other = callerOf(false).credentials;
    authorizer.prepare(other, [berthClusterReadPermission]);
    await expect(
      authorizer.decide(other, berthClusterReadPermission, clusterResourceRef),
    ).rejects.toThrow('The policy is away');
  });

  it('decides once whether a caller administers a cluster', async () => {
    const { access, counts, decisions } = setUp({ admin: true });
    const caller = callerOf(true);
    await access.administer(caller, 'prod', berthClusterUpdatePermission);
    expect(counts()).toMatchObject({ cluster: 1, shares: 1 });
    expect(decisions).toEqual([
      berthClusterReadPermission.name,
      berthClusterUpdatePermission.name,
    ]);
  });

  it('decides once whether a caller administers a namespace', async () => {
    const { counts, decisions, namespaceAccess } = setUp({ admin: true });
    await namespaceAccess.administer(
      callerOf(true),
      'prod',
      'shop',
      berthNamespaceUpdatePermission,
    );
    expect(counts()).toMatchObject({ cluster: 1, shares: 1, namespace: 1 });
    expect(decisions).toEqual([
      berthClusterReadPermission.name,
      berthNamespaceReadPermission.name,
      berthNamespaceUpdatePermission.name,
    ]);
  });

  it('asks for no permission to change an object that the caller may not administer', async () => {
    const { access, decisions, namespaceAccess } = setUp({ admin: false });
    const caller = callerOf(false);
    await expect(
      access.administer(caller, 'prod', berthClusterUpdatePermission),
    ).rejects.toThrow('Only platform admins');
    await expect(
      namespaceAccess.administer(
        caller,
        'prod',
        'shop',
        berthNamespaceUpdatePermission,
      ),
    ).rejects.toThrow('There is no namespace');
    expect(decisions).toEqual([berthClusterReadPermission.name]);
  });

  it('caches a decision for the request that asked, including a refusal', async () => {
    const authorize = jest.fn<Promise<DefinitivePolicyDecision[]>, []>();
    authorize.mockResolvedValue([{ result: AuthorizeResult.DENY }]);
    const authorizer = new Authorizer({
      permissions: mockServices.permissions.mock({ authorize }),
      permissionsRegistry: mockServices.permissionsRegistry.mock(),
    });
    const { credentials } = callerOf(true);
    const permission = { name: 'test', type: 'basic', attributes: {} } as const;
    for (let call = 0; call < 2; call++) {
      await expect(authorizer.require(credentials, permission)).rejects.toThrow(
        'does not allow you test',
      );
    }
    expect(authorize).toHaveBeenCalledTimes(1);
    authorize.mockResolvedValue([allow]);
    await authorizer.require(callerOf(true).credentials, permission);
    expect(authorize).toHaveBeenCalledTimes(2);
  });
});
