import { NotFoundError } from '@backstage/errors';
import { mockCredentials } from '@backstage/backend-test-utils';
import { ClusterRecord, ClusterStore, ShareRecord } from '../model/clusters';
import { Person } from '../model/people';
import {
  GrantStore,
  NamespaceRecord,
  NamespaceStore,
  QuotaStore,
} from '../model/tenancy';
import { personIn } from './__testUtils__/people';
import { DefaultTokenService } from './DefaultTokenService';
import { NamespaceAccess } from './NamespaceAccess';
import { Authorizer } from './permissions/Authorizer';

const CLUSTER = { id: 'c', name: 'staging' } as ClusterRecord;
const SHARES = [
  { clusterId: 'c', group: 'group:default/team-a', kubernetesName: 'team-a' },
] as ShareRecord[];
const ALICE: Person = { ...personIn(['team-a']), uid: 'uid-1' };
const OWNED = { clusterId: 'c', name: 'alice' };

describe('a personal namespace', () => {
  const access = (namespace: Partial<NamespaceRecord>) => {
    const record = {
      ...OWNED,
      origin: 'personal',
      owner: ALICE.userRef,
      ...namespace,
    };
    return new NamespaceAccess({
      authorizer: {
        decide: async () => ({ denied: false, allows: () => true }),
      } as unknown as Authorizer,
      clusterAccess: {
        get: async () => ({ cluster: CLUSTER, shares: SHARES }),
        scope: async () => ({}),
      },
      clusters: {
        namesOf: async () => new Map([['c', 'staging']]),
      } as unknown as ClusterStore,
      grants: {
        groupIdentities: async () => [],
        listByNamespaces: async () => [],
      } as unknown as GrantStore,
      namespaces: {
        get: async () => record,
        list: async () => ({ items: [record], totalItems: 1, offset: 0 }),
      } as unknown as NamespaceStore,
      personal: {
        listByNamespaces: async () => [
          {
            ...OWNED,
            user: ALICE.userRef,
            userUid: 'uid-1',
            role: 'edit',
            made: true,
          },
        ],
      },
      quotas: { listByNamespaces: async () => [] } as unknown as QuotaStore,
    });
  };
  const read = (person: Person, namespace: Partial<NamespaceRecord> = {}) =>
    access(namespace).get(
      { person, credentials: mockCredentials.user(person.userRef) },
      'staging',
      'alice',
    );

  it('P7 is seen by its owner', async () => {
    await expect(read(ALICE)).resolves.toMatchObject({
      namespace: { name: 'alice' },
      own: true,
    });
  });

  it.each<[string, Partial<Person>, true | undefined]>([
    ['of its owner', {}, true],
    ['of an admin', { userRef: 'user:default/root', admin: true }, undefined],
    ['of a later user of the same name', { uid: 'uid-2' }, undefined],
  ])('P7 P8 is in a list %s as own or not', async (_, other, own) => {
    const person = { ...ALICE, ...other };
    const { items } = await access({}).list(
      { person, credentials: mockCredentials.user(person.userRef) },
      {},
      { limit: 10 },
    );
    expect(items.map(one => one.own)).toEqual([own]);
  });

  it.each<[string, Partial<Person>]>([
    ['another user', { userRef: 'user:acme/alice' }],
    ['a later user of the same name', { uid: 'uid-2' }],
    ['a user without a UID', { uid: undefined }],
  ])('P7 P8 is not seen by %s', async (_, other) => {
    await expect(read({ ...ALICE, ...other })).rejects.toThrow(NotFoundError);
  });

  it('P8 is not seen by the former owner after a transfer', async () => {
    await expect(
      read(ALICE, { origin: 'request', owner: 'group:default/team-b' }),
    ).rejects.toThrow(NotFoundError);
  });

  it('P8 ends before a later user of the same name gets a token', async () => {
    const isOpenToFormer = jest.fn(async () => true);
    const sign = jest.fn();
    const tokens = new DefaultTokenService({
      grants: { listExpiring: async () => [] },
      personal: { isOpenToFormer },
      signer: { sign },
    });
    await expect(
      tokens.mint(
        { ...ALICE, uid: 'uid-2' },
        { cluster: CLUSTER, shares: SHARES },
      ),
    ).rejects.toThrow('A former user user:default/alice has');
    expect(sign).not.toHaveBeenCalled();
    expect(isOpenToFormer).toHaveBeenCalledWith({
      clusterId: 'c',
      user: 'user:default/alice',
      userUid: 'uid-2',
    });
  });
});
