import {
  KubeClient,
  NAMESPACES,
  ROLE_BINDINGS,
  RoleBindingObject,
} from '../backend';
import { DeletionWatch } from '../portal/DeletionWatch';
import { insertTenants } from '../portal/insertTenants';
import { openDatabase } from '../portal/openDatabase';
import { adminOf, BenchCluster, openClients, Portal } from '../portal/Portal';
import { makeTenants } from '../portal/tenants';
import { Progress, Sizes } from '../harness/types';

export interface RevocationsTaken {
  /** Milliseconds from unsharing until the binding was deleted, with nothing else to do. */
  idle: number[];
  /** The same while other writes are queued. */
  busy: number[];
  /** Milliseconds of each revocation until the shares were replaced in the database. */
  replaced: number[];
  /** Milliseconds of bare deletions of bindings, in turns with these. */
  bare: number[];
  /** Writes that were still queued at the last revocation. */
  leastQueued: number;
  writes: number;
  database: string;
}

const OBJECTS = 6;
/** The namespace of the bindings that are deleted without Berth. */
const BARE = 'bare';

/** Unshares a cluster from one group after the other, first idle, then during a large pass. */
export async function measureRevocations(
  cluster: BenchCluster,
  { namespaces, revocations, idle }: Sizes,
  progress: Progress,
): Promise<RevocationsTaken> {
  const database = await openDatabase();
  const portal = new Portal(database.knex);
  const clients = openClients();
  const admin = adminOf(clients, cluster);
  const { recorder, shares, workers } = portal;
  const names = Array.from(
    { length: revocations + idle + 1 },
    (_, index) => `team-${index}`,
  );
  let watch: DeletionWatch | undefined;
  try {
    progress('sharing');
    const { id } = await portal.register('bench', cluster);
    await shares.replace(id, names.map(groupOf));
    workers.start();
    await recorder.nextPass();
    await makeBareBindings(admin, revocations);
    await recorder.rest(2_000);
    watch = await DeletionWatch.start(admin, ROLE_BINDINGS);
    const deletions = watch;

    const unshare = async () => {
      const name = names.pop()!;
      const began = performance.now();
      await shares.replace(id, names.map(groupOf));
      const replaced = performance.now() - began;
      workers.changed(id);
      const goneAt = await deletions.gone(name, `berth:admin:${name}`);
      return { replaced, took: goneAt - began };
    };
    const deleteBare = async (index: number): Promise<number> => {
      const name = bareName(index);
      const key = { namespace: BARE, name };
      const { uid = '' } = (await admin.get(ROLE_BINDINGS, key))!.metadata;
      const began = performance.now();
      await admin.delete(ROLE_BINDINGS, key, { uid });
      return (await deletions.gone(BARE, name)) - began;
    };

    const taken: RevocationsTaken = {
      idle: [],
      busy: [],
      replaced: [],
      bare: [],
      leastQueued: 0,
      writes: namespaces * OBJECTS,
      database: database.title,
    };
    for (let count = 0; count < idle; count += 1) {
      progress(`idle: ${count} of ${idle}`);
      taken.idle.push((await unshare()).took);
      await recorder.rest(200);
    }

    const tenants = makeTenants({
      clusterId: id,
      namespaces,
      grants: 3,
      state: 'Pending',
    });
    await insertTenants(database.knex, tenants);
    await recorder.rest(1_000);
    const before = recorder.writes;
    workers.changed(id);
    await recorder.nextWrite();
    for (let count = 0; count < revocations; count += 1) {
      const queued = taken.writes - (recorder.writes - before - count);
      if (queued <= 0) {
        break;
      }
      progress(`busy: ${count} of ${revocations}, ${queued} writes queued`);
      taken.leastQueued = queued;
      const { replaced, took } = await unshare();
      taken.replaced.push(replaced);
      taken.busy.push(took);
      taken.bare.push(await deleteBare(count));
    }
    return taken;
  } finally {
    await watch?.stop();
    await portal.stop();
    await clients.close();
    await database.drop();
  }
}

async function makeBareBindings(
  admin: KubeClient,
  count: number,
): Promise<void> {
  await admin.create(NAMESPACES, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: BARE },
  });
  for (let index = 0; index < count; index += 1) {
    const binding: RoleBindingObject = {
      apiVersion: ROLE_BINDINGS.apiVersion,
      kind: 'RoleBinding',
      metadata: { name: bareName(index), namespace: BARE },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'admin',
      },
    };
    await admin.create(ROLE_BINDINGS, binding);
  }
}

function bareName(index: number): string {
  return `bare-${index}`;
}

function groupOf(name: string): string {
  return `group:default/${name}`;
}
