import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import { describeObjects } from './__testUtils__/describeObjects';
import { TEAM, TeamCluster } from './__testUtils__/TeamCluster';

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

  describeObjects(() => team, {
    // The version at hand, 1.20, has CronJobs in no other one.
    cronJobs: `/apis/batch/v1beta1/namespaces/${TEAM}`,
  });
});
