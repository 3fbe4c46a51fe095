import { desired, KubeObject } from '../backend';
import { BenchCluster } from '../portal/Portal';
import { makeTenants } from '../portal/tenants';
import { BareClient } from './BareClient';

/** The number of calls that Berth makes to one cluster at a time. */
export const PARALLELISM = 8;

/** @returns how long a bare client takes to create the same objects as Berth, in seconds */
export async function measureBare(
  cluster: BenchCluster,
  namespaces: number,
): Promise<number> {
  const wanted = objectsByNamespace(namespaces);
  const client = new BareClient(cluster, PARALLELISM);
  const began = performance.now();
  const work = async () => {
    for (let next = wanted.pop(); next; next = wanted.pop()) {
      for (const object of next) {
        await client.write(object);
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLELISM }, work));
  const seconds = (performance.now() - began) / 1_000;
  await client.close();
  return seconds;
}

/** Returns the objects of each namespace, with the namespace first. */
function objectsByNamespace(namespaces: number): KubeObject[][] {
  const id = '0'.repeat(26);
  const tenants = makeTenants({
    clusterId: id,
    namespaces,
    grants: 3,
    state: 'Pending',
  });
  const all = new Map<string, KubeObject[]>();
  for (const subject of desired(
    { id, usernamePrefix: '', groupsPrefix: '' },
    [],
    tenants,
  )) {
    const { name } = subject.namespace.metadata;
    const known = all.get(name) ?? [subject.namespace];
    all.set(name, [...known, ...subject.objects]);
  }
  return [...all.values()];
}
