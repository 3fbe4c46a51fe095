import { Bench, Progress, Row } from '../harness/types';
import { HelmRuns } from './HelmRuns';
import { ChartSizes, measureCharts } from './measureCharts';
import { FleetSizes, measureFleet } from './measureFleet';
import { FourSizes, measureFour } from './measureFour';
import { ListSizes, measureList } from './measureList';
import { measureRuns, RunSizes } from './measureRuns';
import { RealCluster } from './RealCluster';

type Sizes = ListSizes & FleetSizes & RunSizes & FourSizes & ChartSizes;

const CONCURRENCY = 4;

/** `npm run bench -- helm`. */
export const helm: Bench = {
  name: 'helm',
  summary:
    'How long releases and charts take through the portal, compared with helm on the same computer.',
  sizes: {
    releases: 100,
    revisions: 10,
    listRounds: 10,
    fleetClusters: 20,
    fleetNamespaces: 50,
    fleetReleases: 5,
    fleetRounds: 5,
    installs: 20,
    previews: 10,
    cancels: 20,
    requests: 4_000,
    versions: 12_000,
    searches: 10,
  },
  run: async (progress, sizes) => ({
    rows: await measure(sizes as unknown as Sizes, progress),
    notes: [
      `A real kube-apiserver 1.20 with etcd and the controller manager, and helm 4.2, with and without the portal. The list of releases is a process of its own, behind the middleware of a Backstage backend; who may see what is decided at once. Each revision has a manifest of 21 kB that does not compress. A cold list knows no release, a warm one has read each before. Bytes are counted between the cluster and the client, with their encryption; helm lets the cluster compress them. The many clusters are fakes that answer at once, and the one that fails accepts connections and answers nothing; 8 s later the portal gives it up.`,
      `The chart of installations and previews is that of \`helm create\`. A preview has what a person sees: what helm renders, the changes of each object, the rights of the person and quotas. The chart that is cancelled waits for a hook. The other route is a small answer of the process that runs helm, one request after the other; the control plane and four helm use the same processors. The index has 20 versions of each chart; the search goes through the route of charts and its database. That a backend which is killed leaves no release pending is proven by tests, and not measured.`,
      `Ratios compare times, so less is better. The longest delay of the event loop includes that of the computer, which the idle row shows.`,
    ],
  }),
};

async function measure(sizes: Sizes, progress: Progress): Promise<Row[]> {
  const fleet = await measureFleet(sizes, progress);
  progress('starting a control plane');
  const cluster = await RealCluster.start();
  try {
    const list = await measureList(cluster, sizes, progress);
    const charts = await measureCharts(cluster, sizes, progress);
    const runs = await HelmRuns.start(cluster, CONCURRENCY);
    try {
      return [
        ...list,
        ...fleet,
        ...(await measureRuns(cluster, runs, sizes, progress)),
        ...(await measureFour(runs, sizes, progress)),
        ...charts,
      ];
    } finally {
      await runs.close();
    }
  } finally {
    await cluster.stop();
  }
}
