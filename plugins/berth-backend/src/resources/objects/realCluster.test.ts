import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import { describeObjects } from './__testUtils__/describeObjects';
import { create, TEAM, TeamCluster, until } from './__testUtils__/TeamCluster';

const START_MS = 180_000;

jest.setTimeout(60_000);

describeWithControlPlane('objects of a real API server', () => {
  let cluster: ControlPlane;
  let team: TeamCluster;

  beforeAll(async () => {
    cluster = await ControlPlane.start();
    team = await TeamCluster.start(cluster);
  }, START_MS);

  afterAll(async () => {
    await team?.stop();
    await cluster?.stop();
  }, START_MS);

  it('lists the revisions of a DaemonSet, and rolls it back', async () => {
    const sets = `/apis/apps/v1/namespaces/${TEAM}/daemonsets`;
    const path = 'apps/daemonsets/agent';
    const labels = { app: 'agent' };
    await create(team.admin, sets, {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'agent', image: 'agent:1' }] },
        },
      },
    });
    const untilImages = (...images: string[]) =>
      until(async () => {
        const { body } = await team.get(`${path}/revisions`);
        const found = body.items.map((item: any) => item.images[0]);
        return found.join() === images.join() && body.items[0].current;
      });
    await untilImages('agent:1');
    await team.admin.request({
      method: 'PATCH',
      path: `${sets}/agent`,
      body: {
        contentType: 'application/json-patch+json',
        content: [
          {
            op: 'replace',
            path: '/spec/template/spec/containers/0/image',
            value: 'agent:2',
          },
        ],
      },
    });
    await untilImages('agent:2', 'agent:1');
    const { body } = await team.get(path);
    const { uid } = body.object.metadata;
    expect(
      await team.act(path, { action: 'rollBack', uid, revision: 1 }),
    ).toMatchObject({ status: 200 });
    const live = await team.live(`${sets}/agent`);
    expect(live.spec.template.spec.containers).toMatchObject([
      { name: 'agent', image: 'agent:1' },
    ]);
    expect(live.spec.template.metadata.labels).toEqual(labels);
  });

  describeObjects(() => team, {
    // The version at hand, 1.20, has CronJobs in no other one.
    cronJobs: `/apis/batch/v1beta1/namespaces/${TEAM}`,
  });
});
