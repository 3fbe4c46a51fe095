import { SandboxCluster } from '@berth/cluster-sandbox';
import { desired, keyOf } from '../backend';
import { BenchCluster } from '../portal/Portal';
import { makeTenants } from '../portal/tenants';
import { bareObjects } from './bareObjects';
import { serve } from '../process/serve';

/*
 * Clusters in their own process.
 */

const clusters = new Map<string, SandboxCluster>();

/** An object in the form of an inventory entry. */
export interface MadeObject {
  kind: string;
  namespace: string;
  name: string;
  uid: string;
}

const service = {
  async start(names: string[]): Promise<Record<string, BenchCluster>> {
    for (const name of names) {
      clusters.set(name, await SandboxCluster.start({ name }));
    }
    return Object.fromEntries(
      [...clusters].map(([name, { apiServer, caPem, adminToken }]) => [
        name,
        { apiServer, caPem, adminToken },
      ]),
    );
  },

  /** Fills a cluster with everything that Berth would have created on it. */
  async seed(spec: {
    name: string;
    clusterId: string;
    namespaces: number;
    grants: number;
  }): Promise<MadeObject[]> {
    const { name, clusterId } = spec;
    const tenants = makeTenants({ ...spec, state: 'Ready' });
    const wanted = desired(
      { id: clusterId, usernamePrefix: '', groupsPrefix: '' },
      [],
      tenants,
    ).flatMap(({ namespace, objects }) => [namespace, ...objects]);
    const objects = new Map(
      wanted.map(one => [JSON.stringify(keyOf(one)), one]),
    );
    const cluster = clusters.get(name)!;
    const made = cluster.seed([...objects.values()]);
    cluster.seed(bareObjects());
    // Lets the controllers of the cluster run.
    await new Promise(resolve => {
      setTimeout(resolve, 10);
    });
    cluster.forgetHistory();
    return made.map(object => ({
      ...keyOf(object),
      uid: object.metadata.uid ?? '',
    }));
  },
};

export type Sandboxes = typeof service;

serve(service);
