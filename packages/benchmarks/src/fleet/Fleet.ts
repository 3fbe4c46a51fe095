import {
  DatabaseClusterStore,
  DefaultKubeClientFactory,
  desired,
  KubeObject,
} from '../backend';
import { insertRows, insertTenants } from '../portal/insertTenants';
import { BenchDatabase } from '../portal/openDatabase';
import { adminOf, BenchCluster, openClients, register } from '../portal/Portal';
import { makeTenants } from '../portal/tenants';
import { Progress } from '../harness/types';
import { BARE_BINDING } from './bareObjects';
import { alter, Change, remove, timeRepair } from './Drifts';
import type { Sandboxes } from './sandboxes';
import { ServiceProcess } from '../process/ServiceProcess';

/** Grants in each namespace. With the namespace, a quota and its limit range they are 5 objects. */
export const GRANTS = 2;

export interface FleetSizes {
  clusters: number;
  namespaces: number;
  /** The number of clusters that can be frozen. */
  frozen: number;
}

interface Member {
  id: string;
  name: string;
  address: BenchCluster;
}

type Process = ServiceProcess<Sandboxes>;

/** Many sandbox clusters in a few processes, registered in a database. */
export class Fleet {
  /** The clusters that are never frozen. */
  readonly steady: Member[] = [];
  readonly frozen: Member[] = [];
  /** The number of objects that Berth observes. */
  objects = 0;
  readonly #clients: DefaultKubeClientFactory = openClients();
  readonly #processes: Process[] = [];

  /**
   * Starts two processes for the steady clusters, because there are few processors, and one for the clusters
   * that are frozen.
   */
  async start(
    sizes: FleetSizes,
    { knex }: BenchDatabase,
    progress: Progress,
  ): Promise<void> {
    const { clusters, namespaces, frozen } = sizes;
    const steady = clusters - frozen;
    const half = Math.ceil(steady / 2);
    const store = DatabaseClusterStore.create(knex);
    const parts: [number, number, Member[]][] = [
      [0, half, this.steady],
      [half, steady, this.steady],
      [steady, clusters, this.frozen],
    ];
    let done = 0;
    await Promise.all(
      parts.map(async ([from, to, members]) => {
        const process: Process = ServiceProcess.start('fleet/sandboxes.ts');
        this.#processes.push(process);
        const names = Array.from(
          { length: to - from },
          (_, index) => `sandbox-${from + index}`,
        );
        const addresses = await process.call('start', names);
        for (const name of names) {
          const address = addresses[name];
          const { id } = await register(store, name, address);
          const made = await process.call('seed', {
            name,
            clusterId: id,
            namespaces,
            grants: GRANTS,
          });
          await insertTenants(knex, tenantsOf(id, namespaces));
          await insertRows(
            knex,
            'inventory',
            made.map(one => ({
              ...one,
              cluster_id: id,
              created_at: new Date().toISOString(),
            })),
          );
          this.objects += made.length;
          members.push({ id, name, address });
          done += 1;
          progress(`seeded ${done} of ${clusters} clusters`);
        }
        if (members === this.frozen) {
          this.freeze = () => process.freeze();
          this.thaw = () => process.thaw();
        }
      }),
    );
    await knex.raw('analyze');
  }

  freeze: () => void = () => {};
  thaw: () => void = () => {};

  /** @returns milliseconds until Berth has repaired an object of a random steady cluster */
  async drift(namespaces: number): Promise<number> {
    const { id, address } = pick(this.steady);
    const index = Math.floor(Math.random() * namespaces);
    const objects = desired(
      { id, usernamePrefix: '', groupsPrefix: '' },
      [],
      tenantsOf(id, namespaces),
    )
      .filter(
        ({ namespace }) => namespace.metadata.name === `bench-ns-${index}`,
      )
      .flatMap(subject => subject.objects);
    return timeRepair(adminOf(this.#clients, address), ...pickDrift(objects));
  }

  /** Measures the same for a binding that a bare client watches and applies again at once. */
  async bareDrift(): Promise<number> {
    const client = adminOf(this.#clients, pick(this.steady).address);
    const [wanted, change] = pickDrift([BARE_BINDING]);
    return timeRepair(client, wanted, change, async () => {
      await client.apply(
        {
          apiVersion: wanted.apiVersion,
          kind: wanted.kind,
          plural: 'rolebindings',
          namespaced: true,
        },
        wanted,
      );
    });
  }

  async stop(): Promise<void> {
    await this.#clients.close();
    await Promise.all(this.#processes.map(process => process.stop()));
  }
}

function tenantsOf(clusterId: string, namespaces: number) {
  return makeTenants({ clusterId, namespaces, grants: GRANTS, state: 'Ready' });
}

function pickDrift(objects: KubeObject[]): [KubeObject, Change] {
  const wanted = pick(objects.filter(({ kind }) => kind !== 'LimitRange'));
  return [wanted, pick([remove, alter])];
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)];
}
