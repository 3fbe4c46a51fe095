import { mockServices } from '@backstage/backend-test-utils';
import { CLUSTER_ROLE_BINDINGS, CLUSTER_ROLES, KubeError } from '../../kube';
import {
  clusterRoleBindings,
  clusterRoles,
} from '../../model/onboardingObjects';
import { FakeCluster } from '../../../__testUtils__/FakeCluster';
import { RoleWatch } from './RoleWatch';

describe('RoleWatch', () => {
  const logger = mockServices.logger.mock();
  const onChange = jest.fn();
  let cluster: FakeCluster;
  let watch: RoleWatch;

  beforeEach(() => {
    jest.useFakeTimers();
    jest.resetAllMocks();
    cluster = new FakeCluster();
    clusterRoles().forEach(({ object }) => put(object));
    clusterRoleBindings('').forEach(({ object }) => put(object));
    put({ ...role('view'), rules: [] });
    watch = RoleWatch.start({
      client: cluster,
      cluster: 'prod01',
      logger,
      onChange,
    });
  });

  afterEach(async () => {
    await watch.stop();
    jest.useRealTimers();
  });

  const pass = (milliseconds: number) =>
    jest.advanceTimersByTimeAsync(milliseconds);

  function role(name: string) {
    return {
      apiVersion: CLUSTER_ROLES.apiVersion,
      kind: 'ClusterRole',
      metadata: { name },
    };
  }

  function put(object: any) {
    cluster.put(
      object.kind === 'ClusterRole' ? CLUSTER_ROLES : CLUSTER_ROLE_BINDINGS,
      object,
    );
  }

  it('stays silent about its first list, and about other roles', async () => {
    await pass(5_000);
    put({ ...role('view'), rules: [{ verbs: ['*'], resources: ['*'] }] });
    put(role('others'));
    await pass(5_000);
    expect(onChange).not.toHaveBeenCalled();
  });

  it.each([
    [
      'a rule',
      () =>
        put({
          ...role('berth:reconciler'),
          rules: [{ apiGroups: [''], verbs: ['get'], resources: ['secrets'] }],
        }),
    ],
    [
      'a subject',
      () => {
        const [{ object }] = clusterRoleBindings('other:');
        put(object);
      },
    ],
    ['a deletion', () => cluster.remove('ClusterRole', 'berth:cluster-scope')],
  ])('reports %s once', async (_what, change) => {
    await pass(5_000);
    change();
    await pass(2_000);
    expect(onChange).toHaveBeenCalledTimes(1);
    await pass(100_000);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('S42 reports roles that change all the time at most once a minute', async () => {
    await pass(5_000);
    for (let second = 0; second < 60; second++) {
      put({ ...role('berth:reconciler'), rules: [{ verbs: [`${second}`] }] });
      await pass(1_000);
    }
    expect(onChange).toHaveBeenCalledTimes(1);
    await pass(10_000);
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('works without the roles if it may not read them', async () => {
    await watch.stop();
    cluster.before = () => {
      throw new KubeError('Forbidden', 'clusterroles is forbidden');
    };
    watch = RoleWatch.start({
      client: cluster,
      cluster: 'prod01',
      logger,
      onChange,
    });
    await pass(60_000);
    expect(onChange).not.toHaveBeenCalled();
    const logged = logger.info.mock.calls.map(([text]) => text);
    expect(logged.filter(text => /cannot be followed/.test(text))).toHaveLength(
      2,
    );
  });
});
