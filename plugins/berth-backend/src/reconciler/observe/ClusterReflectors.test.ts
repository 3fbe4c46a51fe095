import { mockServices } from '@backstage/backend-test-utils';
import { NAMESPACES, ROLE_BINDINGS } from '../../kube';
import { FakeCluster } from '../../../__testUtils__/FakeCluster';
import { CLUSTER } from '../__testUtils__/fakes';
import { desired } from '../desired';
import { ClusterReflectors } from './ClusterReflectors';

describe('ClusterReflectors', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('S34 looks within five seconds at a binding that is deleted again and again, and warns of it', async () => {
    const cluster = new FakeCluster();
    const logger = mockServices.logger.mock();
    const wake = jest.fn();
    const onRepeatedDeletion = jest.fn();
    const [{ namespace, objects }] = desired(CLUSTER, [
      {
        group: 'group:default/team-a',
        kubernetesName: 'team-a',
        namespace: 'team-a',
      },
    ]);
    cluster.put(NAMESPACES, namespace);
    const reflectors = ClusterReflectors.start({
      cluster: CLUSTER,
      client: cluster,
      wake,
      logger,
      onRolesChanged: () => {},
      onRepeatedDeletion,
      status: {
        record: async () => {},
        namespaceGone: async () => {},
        namespacesOf: async () => [],
      },
    });
    const settle = () => jest.advanceTimersByTimeAsync(1);
    await settle();
    for (let count = 0; count < 30; count++) {
      cluster.put(ROLE_BINDINGS, objects[0]);
      await settle();
      cluster.remove('RoleBinding', objects[0].metadata.name, 'team-a');
      await settle();
    }
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(
        'the RoleBinding team-a/berth:admin:team-a is deleted again and again',
      ),
    );
    expect(onRepeatedDeletion.mock.calls).toEqual([
      [{ namespace: 'team-a', name: 'berth:admin:team-a' }],
    ]);
    await jest.advanceTimersByTimeAsync(60_000);
    cluster.put(ROLE_BINDINGS, objects[0]);
    await settle();
    wake.mockClear();
    for (let count = 0; count < 3; count++) {
      cluster.remove('RoleBinding', objects[0].metadata.name, 'team-a');
      await settle();
      await jest.advanceTimersByTimeAsync(5_000);
      expect(wake).toHaveBeenCalled();
      wake.mockClear();
      cluster.put(ROLE_BINDINGS, objects[0]);
      await settle();
    }
    const stopped = reflectors.stop();
    await jest.advanceTimersByTimeAsync(1_000);
    await stopped;
  });
});
