import { ConflictError } from '@backstage/errors';
import { FakeCluster } from '../../../__testUtils__/FakeCluster';
import { ClusterSession } from '../ClusterSession';
import {
  CLUSTER,
  fakeLease,
  FakeInventory,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from '../__testUtils__/fakes';
import { PlanActions } from '../preview/PlanActions';
import { PlanSources } from '../preview/planState';
import { Profile } from '../profiles/types';
import { identityWaits } from './identityWaits';
import { OwnerIdentity } from './types';

const TEAM_A = 'group:default/team-a';

const ids = (runAsGroup: number) => ({
  entityUid: 'e1',
  values: { runAsGroup, supplementalGroups: [200] },
});

const PROFILE: Profile = {
  name: 'ids',
  networkPolicies: [],
  identity: { uid: 'uid', gid: 'gid', minimum: 1000 },
};

function setUp() {
  const cluster = new FakeCluster();
  const shares = new FakeShares();
  const identities = new Map<string, OwnerIdentity>();
  const tenants = {
    read: async () => ({
      ...NO_TENANTS,
      profiles: { group: PROFILE },
      identities,
    }),
  };
  const reconciler = testReconciler({
    shares,
    inventory: new FakeInventory(),
    client: cluster,
    tenants,
  });
  const session = new ClusterSession(fakeLease());
  return {
    cluster,
    shares,
    tenants,
    identities,
    know: (identity: Partial<OwnerIdentity>) =>
      identities.set(TEAM_A, { owner: TEAM_A, since: '', ...identity }),
    share: (groupUid?: string) =>
      shares.replace(CLUSTER.id, [TEAM_A], groupUid),
    pass: async () => {
      cluster.writes.length = 0;
      await reconciler.reconcile(
        CLUSTER,
        session,
        new AbortController().signal,
      );
      return [...cluster.writes];
    },
    fields: () => {
      const { labels, annotations } = cluster.namespace('team-a')!.metadata;
      return [
        labels?.['berth.dev/identity'],
        annotations?.['berth.dev/run-as-group'],
        annotations?.['berth.dev/supplemental-groups'],
      ];
    },
  };
}

describe('the IDs of owners', () => {
  it('P12 P21 lets nobody in and no pods start before they are known', async () => {
    const { shares, know, share, pass, fields } = setUp();
    await share();
    expect(await pass()).toEqual([
      'create Namespace/team-a',
      'apply Namespace/team-a',
    ]);
    expect(fields()).toEqual(['enforced', undefined, undefined]);
    expect(await shares.state(TEAM_A)).toBe('Failed IdentityUnknown');
    know({ problem: 'no annotation' });
    expect(await pass()).toEqual([]);
    expect(await shares.state(TEAM_A)).toBe('Failed IdentityUnknown');

    know({ used: ids(100) });
    expect(await pass()).toEqual([
      'apply Namespace/team-a',
      'apply RoleBinding/team-a/berth:admin:team-a',
    ]);
    expect(fields()).toEqual(['enforced', '100', '200']);
    expect(await shares.state(TEAM_A)).toBe('Ready');
    expect(await pass()).toEqual([]);
  });

  it('P13 keeps the IDs in use, and the access, while other ones wait', async () => {
    const { know, share, pass, fields } = setUp();
    know({ used: ids(100) });
    await share();
    await pass();
    know({ used: ids(100), found: ids(101) });
    expect(await pass()).toEqual([]);
    know({ used: ids(101) });
    expect(await pass()).toEqual(['apply Namespace/team-a']);
    expect(fields()).toEqual(['enforced', '101', '200']);
  });

  it('P8 gives nothing of a former group to one that took over its name', async () => {
    const { shares, know, share, pass, fields } = setUp();
    know({ used: ids(100) });
    await share('another');
    expect(await pass()).toEqual([
      'create Namespace/team-a',
      'apply Namespace/team-a',
    ]);
    expect(fields()).toEqual(['enforced', undefined, undefined]);
    expect(await shares.state(TEAM_A)).toBe('Failed IdentityUnknown');
  });

  it('P12 applies a namespace without IDs, and restores the access that people have, once the IDs are not valid any more', async () => {
    const { cluster, know, share, pass } = setUp();
    know({ used: ids(100) });
    await share();
    await pass();
    know({ problem: 'gone' });
    cluster.remove('RoleBinding', 'berth:admin:team-a', 'team-a');
    expect(await pass()).toEqual([
      'apply Namespace/team-a',
      'apply RoleBinding/team-a/berth:admin:team-a',
    ]);
  });

  it('P13 are confirmed for owners on the cluster only, as they were seen', async () => {
    const { tenants, know, identities } = setUp();
    const confirm = jest.fn(
      async (_: string, { values }: ReturnType<typeof ids>) =>
        values.runAsGroup === 101,
    );
    const actions = new PlanActions({
      tenants,
      identities: { confirm, clustersOf: async () => [CLUSTER.id, 'other'] },
    } as unknown as PlanSources);
    const by = 'user:default/ada';
    const act = (owner: string, runAsGroup = 101) =>
      actions.confirmIdentity(
        CLUSTER,
        { owner, entityUid: 'e2', found: ids(runAsGroup).values },
        by,
      );
    know({ used: ids(100), found: { ...ids(101), entityUid: 'e2' } });
    expect(identityWaits(identities)).toEqual([
      {
        owner: TEAM_A,
        used: ids(100).values,
        found: ids(101).values,
        entityUid: 'e2',
        another: true,
        since: '',
      },
    ]);
    await expect(act('group:default/elsewhere')).rejects.toThrow(ConflictError);
    expect(confirm).not.toHaveBeenCalled();
    await expect(act(TEAM_A, 102)).rejects.toThrow(
      'These IDs of group:default/team-a do not wait now; read the plan again',
    );
    expect(await act(TEAM_A)).toEqual([CLUSTER.id, 'other']);
    expect(confirm).toHaveBeenLastCalledWith(
      TEAM_A,
      { entityUid: 'e2', values: ids(101).values },
      by,
    );
  });
});
