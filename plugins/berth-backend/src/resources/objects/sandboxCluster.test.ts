import { SandboxCluster } from '@berth/cluster-sandbox';
import { describeReleases } from '../../helm/__testUtils__/describeReleases';
import { describeNodes } from './__testUtils__/describeNodes';
import { describeObjects } from './__testUtils__/describeObjects';
import { TEAM, TeamCluster } from './__testUtils__/TeamCluster';

jest.setTimeout(60_000);

describe('objects of a sandbox', () => {
  let cluster: SandboxCluster;
  let team: TeamCluster;

  beforeAll(async () => {
    cluster = await SandboxCluster.start({ name: 'prod', podStepMs: 10 });
    team = await TeamCluster.start(cluster);
  });

  afterAll(async () => {
    await team?.stop();
    await cluster?.stop();
  });

  describeNodes(() => team);

  describeObjects(() => team, {
    cronJobs: `/apis/batch/v1/namespaces/${TEAM}`,
  });

  describeReleases(
    () => team,
    () => cluster,
  );
});
