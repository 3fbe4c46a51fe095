import { openDatabase } from '../portal/openDatabase';
import { insertTenants } from '../portal/insertTenants';
import { BenchCluster, Portal } from '../portal/Portal';
import { makeTenants } from '../portal/tenants';

export interface BerthTaken {
  /** Seconds from the start until the last object was created. */
  written: number;
  /** Seconds from the start until the portal reported each of them as ready. */
  ready: number;
  writes: number;
  /** Seconds of a pass that finds the desired state. */
  second: number;
  /** Writes of that pass. */
  secondWrites: number;
  database: string;
}

/** Measures how long Berth takes from an empty cluster to its desired state. */
export async function measureBerth(
  cluster: BenchCluster,
  namespaces: number,
): Promise<BerthTaken> {
  const database = await openDatabase();
  const portal = new Portal(database.knex);
  try {
    const { recorder, workers } = portal;
    const { id: clusterId } = await portal.register('bench', cluster);
    const tenants = makeTenants({
      clusterId,
      namespaces,
      grants: 3,
      state: 'Pending',
    });
    await insertTenants(database.knex, tenants);
    const began = performance.now();
    const settled = recorder.nextPass();
    workers.start();
    const { result } = await settled;
    const ready = (performance.now() - began) / 1_000;
    if (result !== 'settled') {
      throw new Error(`The first pass was ${result}`);
    }
    const { writes, lastWriteAt } = recorder;
    await recorder.rest(2_000);
    const again = recorder.nextPass();
    workers.changed(clusterId);
    const { seconds } = await again;
    return {
      written: (lastWriteAt - began) / 1_000,
      ready,
      writes,
      second: seconds,
      secondWrites: recorder.writes - writes,
      database: database.title,
    };
  } finally {
    await portal.stop();
    await database.drop();
  }
}
