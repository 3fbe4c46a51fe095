import { NotFoundError } from '@backstage/errors';
import { CheckRun, CheckTrigger } from '@berth/plugin-berth-common';
import { ulid } from 'ulid';
import { KubeClientFactory } from '../../kube';
import { CoalescingRunner } from '../CoalescingRunner';
import { ClusterConnector, ClusterStore } from '../../model/clusters';
import { runChecks } from './runChecks';
import { Check, CheckRunStore, ClusterDoctor } from './types';

export interface DoctorOptions {
  checks: Check[];
  clients: KubeClientFactory;
  clusters: ClusterStore;
  connect: ClusterConnector;
  runs: CheckRunStore;
  /** Milliseconds that one check may take; 10,000 by default. */
  checkDeadline?: number;
  /** Milliseconds that a run may take; 45,000 by default. */
  runDeadline?: number;
}

/** Runs the checks of clusters and stores the results. */
export class Doctor implements ClusterDoctor {
  readonly #options: DoctorOptions;
  readonly #runner = new CoalescingRunner<CheckRun>();
  readonly #stopped = new AbortController();

  static create(options: DoctorOptions): Doctor {
    return new Doctor(options);
  }

  private constructor(options: DoctorOptions) {
    this.#options = options;
  }

  run(clusterId: string, trigger: CheckTrigger): Promise<CheckRun> {
    return this.#runner.run(clusterId, () => this.#run(clusterId, trigger));
  }

  /** Aborts current runs and stores nothing more. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error('The doctor is stopped'));
    await Promise.allSettled(this.#runner.allRunning());
  }

  async #run(clusterId: string, trigger: CheckTrigger): Promise<CheckRun> {
    const { checks, clients, clusters, connect, runs } = this.#options;
    const startedAt = new Date().toISOString();
    const cluster = await clusters.getById(clusterId);
    if (!cluster) {
      throw new NotFoundError(
        `The cluster with the id ${clusterId} does not exist any more`,
      );
    }
    const items = await runChecks({
      checks,
      context: {
        cluster,
        client: connect(cluster),
        anonymous: clients.create(cluster, async () => ''),
      },
      checkDeadline: this.#options.checkDeadline ?? 10_000,
      runDeadline: this.#options.runDeadline ?? 45_000,
      signal: this.#stopped.signal,
    });
    const run: CheckRun = {
      id: ulid(),
      trigger,
      startedAt,
      finishedAt: new Date().toISOString(),
      items,
      totalItems: items.length,
    };
    await runs.add(clusterId, run);
    return run;
  }
}
