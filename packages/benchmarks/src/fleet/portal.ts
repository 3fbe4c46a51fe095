import { Knex, knex } from 'knex';
import { BenchCluster, Portal } from '../portal/Portal';
import { serve } from '../process/serve';

/*
 * Berth in its own process, so that its memory and CPU can be measured.
 */

const CALM_MS = 600_000;
const SECOND = 1_000;

let portal: Portal | undefined;

/** The resources that the process uses. */
export interface Usage {
  /** Resident memory in bytes. */
  resident: number;
  /** Peak resident memory in bytes. */
  peak: number;
  /** CPU seconds so far, user and system. */
  cpu: number;
  writes: number;
  passes: number;
}

const service = {
  open({
    database,
    clusters,
  }: {
    database: Knex.Config;
    clusters: BenchCluster[];
  }): Usage {
    portal = new Portal(knex(database));
    clusters.forEach(cluster => portal!.admit(cluster));
    return usage();
  },

  /** Starts Berth. @returns the use of resources, once every cluster had a pass and nothing happened for a while */
  async start({ clusters }: { clusters: number }): Promise<Usage> {
    const { recorder, workers } = portal!;
    workers.start();
    const seen = new Set<string>();
    while (seen.size < clusters) {
      const { cluster, result } = await recorder.nextPass();
      if (result === 'settled') {
        seen.add(cluster);
      }
    }
    await calm();
    return usage();
  },

  async rest(forMs: number): Promise<Usage> {
    await portal!.recorder.rest(forMs);
    return usage();
  },

  /** Announces that the desired state of clusters has changed. */
  changed(clusterIds: string[]): void {
    clusterIds.forEach(id => portal!.workers.changed(id));
  },

  usage,

  async stop(): Promise<void> {
    await portal?.workers.stop(1_000);
  },
};

/**
 * Waits until the observed state of namespaces is written, which goes on after the last pass. Resolves once the
 * process uses little CPU, or after ten minutes.
 */
async function calm(): Promise<void> {
  const end = Date.now() + CALM_MS;
  let busy = true;
  while (busy && Date.now() < end) {
    const before = process.cpuUsage();
    await new Promise(resolve => {
      setTimeout(resolve, SECOND);
    });
    const { user, system } = process.cpuUsage(before);
    busy = user + system > (SECOND * 1_000) / 10;
  }
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    resident: process.memoryUsage.rss(),
    peak: process.resourceUsage().maxRSS * 1024,
    cpu: (user + system) / 1e6,
    writes: portal!.recorder.writes,
    passes: portal!.recorder.passes,
  };
}

export type BerthProcess = typeof service;

serve(service);
