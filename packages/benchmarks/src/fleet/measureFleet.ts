import { openDatabase } from '../portal/openDatabase';
import { Progress, Sizes } from '../harness/types';
import { Fleet } from './Fleet';
import type { BerthProcess, Usage } from './portal';
import { ServiceProcess } from '../process/ServiceProcess';

/**
 * The heap limit of Berth, as in a container of one gigabyte. With a higher limit, Node.js collects garbage
 * later and keeps the memory.
 */
export const HEAP_MB = 352;
/** The number of clusters that are frozen for a while. */
const BLACK_HOLES = 10;
/** The longest pause between drifts, in milliseconds; random, so that nothing synchronises. */
const PAUSE_MS = 300;
/** The number of Berth's drifts for each drift of the bare client. */
const PER_BARE = 4;

export interface FleetTaken {
  objects: number;
  clusters: number;
  frozen: number;
  database: string;
  /** Seconds until Berth followed all clusters and had compared them. */
  started: number;
  /** The use of resources before any cluster is registered. */
  before: Usage;
  /** Resident bytes, for each second of the idle time. */
  resident: number[];
  /** The CPU use while idle, as a share of one core. */
  idleCpu: number;
  idleSeconds: number;
  /** The use of resources after the idle time. */
  idle: Usage;
  /** Milliseconds of each repair: by a bare client, by Berth, and by Berth while clusters are frozen. */
  bare: number[];
  repairs: number[];
  repairsWhileFrozen: number[];
}

/** Starts a fleet and a Berth, measures Berth at rest, then changes objects without Berth. */
export async function measureFleet(
  { clusters, namespaces, drifts, idle: idleSeconds }: Sizes,
  progress: Progress,
): Promise<FleetTaken> {
  const database = await openDatabase();
  const fleet = new Fleet();
  const berth = ServiceProcess.start<BerthProcess>('fleet/portal.ts', [
    `--max-old-space-size=${HEAP_MB}`,
  ]);
  try {
    const frozen = Math.min(BLACK_HOLES, Math.floor(clusters / 2));
    await fleet.start({ clusters, namespaces, frozen }, database, progress);
    const before = await berth.call('open', {
      database: database.config,
      clusters: [...fleet.steady, ...fleet.frozen].map(one => one.address),
    });
    progress('Berth starts');
    const began = performance.now();
    await berth.call('start', { clusters });
    const started = (performance.now() - began) / 1_000;
    const rested = await idleFor(berth, idleSeconds, progress);

    const bare: number[] = [];
    const drift = async (count: number, what: string): Promise<number[]> => {
      const taken: number[] = [];
      for (let index = 0; index < count; index += 1) {
        progress(`${what}: ${index} of ${count} drifts`);
        taken.push(await fleet.drift(namespaces));
        if (index % PER_BARE === 0) {
          bare.push(await fleet.bareDrift());
        }
        await pause(Math.random() * PAUSE_MS);
      }
      return taken;
    };
    // Half of the drifts with all clusters run before the freeze and half after it, so that a machine that
    // slows down does not matter.
    const half = Math.ceil(drifts / 2);
    const first = await drift(half, 'all clusters');
    fleet.freeze();
    await berth.call(
      'changed',
      fleet.frozen.map(({ id }) => id),
    );
    const repairsWhileFrozen = await drift(drifts, `${frozen} clusters frozen`);
    fleet.thaw();
    await berth.call('rest', 5_000);
    const second = await drift(drifts - half, 'all clusters');
    return {
      objects: fleet.objects,
      clusters,
      frozen,
      database: database.title,
      started,
      before,
      ...rested,
      bare,
      repairs: [...first, ...second],
      repairsWhileFrozen,
    };
  } finally {
    fleet.thaw();
    await berth.call('stop', undefined).catch(() => {});
    await berth.stop();
    await fleet.stop();
    await database.drop();
  }
}

async function idleFor(
  berth: ServiceProcess<BerthProcess>,
  idleSeconds: number,
  progress: Progress,
) {
  const resident: number[] = [];
  const from = await berth.call('usage', undefined);
  const began = performance.now();
  while (resident.length < idleSeconds) {
    progress(`idle: ${resident.length} of ${idleSeconds} s`);
    await pause(1_000);
    resident.push((await berth.call('usage', undefined)).resident);
  }
  const idle = await berth.call('usage', undefined);
  const seconds = (performance.now() - began) / 1_000;
  const idleCpu = (idle.cpu - from.cpu) / seconds;
  return { resident, idle, idleCpu, idleSeconds };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}
