import { anObject } from '../../runner/__testUtils__/aChart';
import { OperationsOnCluster } from './OperationsOnCluster';

/** Tests the wait for objects with the real helm. The portal is started again, with a short wait. */
export function describeWaits(on: OperationsOnCluster): void {
  /** The API server has no controller, so the Deployment is ready when its status is written. */
  const spec = {
    replicas: 1,
    selector: { matchLabels: { app: 'late' } },
    template: {
      metadata: { labels: { app: 'late' } },
      spec: { containers: [{ name: 'main', image: 'main' }] },
    },
  };
  const becomeReady = (name: string) =>
    on.patchStatus('/apis/apps/v1', `deployments/${name}`, {
      ...{ observedGeneration: 1, replicas: 1, updatedReplicas: 1 },
      ...{ readyReplicas: 1, availableReplicas: 1 },
    });
  /** Alice installs a release with a Deployment. */
  async function install(release: string) {
    const chart = { repository: 'demo', name: release, version: '1.0.0' };
    await on.charts.add(release, '1.0.0', {
      'templates/all.yaml': anObject('apps/v1', 'Deployment', release, {
        spec,
      }),
    });
    return on.run({ kind: 'install', release, values: '', chart });
  }

  it('waits, while a colleague changes the release again', async () => {
    const first = await install('late');
    await on.reaches(first.path, 'Deployment late is not ready');
    expect(await on.call('GET', first.path, undefined, 'bob')).toMatchObject({
      body: { state: 'Observing', waiting: true, revision: 1 },
    });
    const second = await on.run(
      {
        ...{ kind: 'upgrade', release: 'late', baseRevision: 1 },
        values: 'size: 2',
      },
      'bob',
    );
    expect(await on.ended(first.path)).toMatchObject({
      message:
        'late is installed. The release changed again before its objects were ready',
    });
    await on.reaches(second.path, 'Deployment late is not ready');
    await becomeReady('late');
    expect(await on.ended(second.path)).toMatchObject({
      message: 'late is at revision 2, and its objects are ready',
    });
  });

  it('lets colleagues who may change the release end the wait', async () => {
    on.let('vic', 'view');
    const { path } = await install('stopped');
    await on.reaches(path, 'Deployment stopped is not ready');
    const stop = (person: string) => on.call('DELETE', path, undefined, person);
    expect(await stop('vic')).toMatchObject({ status: 403 });
    expect(await stop('bob')).toMatchObject({ status: 202 });
    expect(await on.ended(path)).toMatchObject({
      message:
        'stopped is installed. user:default/bob ended the wait for its objects',
    });
    expect(await on.cluster.latest('stopped')).toMatchObject({
      status: 'deployed',
    });
  });

  it('waits no longer than it may, and counts what is not ready', async () => {
    await on.restart({ seconds: 2 });
    const { path } = await install('never');
    expect(await on.ended(path)).toMatchObject({
      message: 'never is installed, but 1 object is not ready yet',
      advice: expect.stringContaining('uninstall it'),
    });
  });
}
