/* eslint-disable jest/no-export -- cases of one test file, by subject */
import { anObject } from '../../runner/__testUtils__/aChart';
import { OperationsOnCluster } from './OperationsOnCluster';

/** Tests the wait for objects with the real helm. The portal is started again, with a short wait. */
export function describeWaits(on: OperationsOnCluster): void {
  const pod = {
    automountServiceAccountToken: false,
    containers: [{ name: 'main', image: 'main' }],
  };
  /** No kubelet runs the pod of the Deployment, so it never becomes ready. */
  const aDeployment = (name: string) =>
    anObject('apps/v1', 'Deployment', name, {
      spec: {
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: pod },
      },
    });
  /** A pod is ready when its status is written, as a kubelet does. */
  const aPod = (name: string) => anObject('v1', 'Pod', name, { spec: pod });
  const becomeReady = (name: string) =>
    on.patchStatus('/api/v1', `pods/${name}`, {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    });
  /** Alice installs a release with one object. */
  async function install(release: string, template = aDeployment) {
    const chart = { repository: 'demo', name: release, version: '1.0.0' };
    await on.charts.add(release, '1.0.0', {
      'templates/all.yaml': template(release),
    });
    return on.run({ kind: 'install', release, values: '', chart });
  }

  it('waits, while a colleague changes the release again', async () => {
    const first = await install('late', aPod);
    await on.reaches(first.path, 'Pod late is not ready');
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
    await on.reaches(second.path, 'Pod late is not ready');
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
