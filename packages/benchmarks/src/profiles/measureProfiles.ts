import { ConfigReader } from '@backstage/config';
import {
  desired,
  NamespaceObject,
  Profile,
  readProfiles,
  Tenants,
} from '../backend';
import { Progress } from '../harness/types';
import { insertTenants } from '../portal/insertTenants';
import { openDatabase } from '../portal/openDatabase';
import { BenchCluster, Portal } from '../portal/Portal';
import { makeTenants } from '../portal/tenants';
import { BareClient } from '../reconcile/BareClient';
import { PARALLELISM } from '../reconcile/measureBare';

export interface ProfilesTaken {
  /** Seconds of the bare client, by round. */
  bare: number[];
  /** Seconds until Berth had patched the last namespace, by round. */
  written: number[];
  /** Seconds until the pass ended, by round. */
  settled: number[];
  /** Seconds of the pass after it, by round. */
  second: number[];
  secondWrites: number;
  database: string;
}

/** Measures how long Berth and a bare client take to change the namespaces of a cluster, in turns. */
export async function measureProfiles(
  cluster: BenchCluster,
  { namespaces, rounds }: { namespaces: number; rounds: number },
  progress: Progress,
): Promise<ProfilesTaken> {
  const database = await openDatabase();
  const current: Profile[] = [];
  const portal = new Portal(database.knex, current);
  const client = new BareClient(cluster, PARALLELISM);
  const taken: ProfilesTaken = {
    bare: [],
    written: [],
    settled: [],
    second: [],
    secondWrites: 0,
    database: database.title,
  };
  try {
    const { recorder, workers } = portal;
    const { id: clusterId } = await portal.register('bench', cluster);
    const spec = {
      clusterId,
      namespaces,
      grants: 1,
      state: 'Pending' as const,
    };
    await insertTenants(database.knex, makeTenants(spec));
    const bareTenants = makeTenants({ ...spec, prefix: 'bare' });
    progress('the namespaces');
    const created = recorder.nextPass();
    workers.start();
    await created;
    await inParallel(bareNamespaces(bareTenants), namespace =>
      client.write(namespace),
    );
    await recorder.rest(2_000);

    const berth = async (profile: Profile) => {
      const { writes } = recorder;
      const began = performance.now();
      current.splice(0, 1, profile);
      do {
        const pass = recorder.nextPass();
        workers.changed(clusterId);
        await pass;
        // A pass that had begun before the change has the former profile.
      } while (recorder.writes === writes);
      const ended = performance.now();
      taken.written.push((recorder.lastWriteAt - began) / 1_000);
      taken.settled.push((ended - began) / 1_000);
      if (recorder.writes - writes !== namespaces) {
        throw new Error(
          `Berth made ${
            recorder.writes - writes
          } writes for ${namespaces} namespaces`,
        );
      }
      await recorder.rest(1_000);
      const before = recorder.writes;
      const again = recorder.nextPass();
      workers.changed(clusterId);
      taken.second.push((await again).seconds);
      taken.secondWrites += recorder.writes - before;
    };
    const bare = async (profile: Profile) => {
      const wanted = bareNamespaces(bareTenants, profile);
      const began = performance.now();
      await inParallel(wanted, namespace => client.apply(namespace));
      taken.bare.push((performance.now() - began) / 1_000);
    };
    for (let round = 1; round <= rounds; round += 1) {
      progress(`round ${round} of ${rounds}`);
      const turns = round % 2 === 0 ? [berth, bare] : [bare, berth];
      for (const turn of turns) {
        await turn(profileOf(round));
      }
    }
    return taken;
  } finally {
    await client.close();
    await portal.stop();
    await database.drop();
  }
}

/** Returns a profile whose values no other round has. */
function profileOf(round: number): Profile {
  const [profile] = readProfiles(
    new ConfigReader({
      berth: {
        profiles: [
          {
            name: 'bench',
            labels: {
              'example.com/tier': `tier-${round}`,
              'example.com/zone': `zone-${round}`,
            },
            annotations: { 'example.com/note': `The note of round ${round}` },
          },
        ],
      },
    }),
  );
  return profile;
}

/**
 * Returns what Berth would write for the namespaces, with other keys in the place of Berth's own. Berth follows each
 * change of its own keys, and would work while the bare client is measured.
 */
function bareNamespaces(
  tenants: Tenants,
  profile?: Profile,
): NamespaceObject[] {
  const cluster = { id: '0'.repeat(26), groupsPrefix: '', usernamePrefix: '' };
  const subjects = desired(cluster, [], {
    ...tenants,
    profiles: { group: profile },
  });
  const all = subjects.map(({ namespace }) => namespace);
  return [...new Map(all.map(one => [one.metadata.name, one])).values()].map(
    ({ metadata, ...rest }) => ({
      ...rest,
      metadata: {
        ...metadata,
        labels: withOtherKeys(metadata.labels),
        annotations: withOtherKeys(metadata.annotations),
      },
    }),
  );
}

function withOtherKeys(values: Record<string, string> = {}) {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key.replace(/^berth\./, 'other.'),
      value,
    ]),
  );
}

async function inParallel<T>(
  items: T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const next = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: PARALLELISM }, next));
}
