import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { ReconcilerMetrics, Writes } from './types';

/** Metrics through Backstage's metrics service. The attribute `cluster` is the cluster's name. */
export class DefaultReconcilerMetrics implements ReconcilerMetrics {
  readonly #queued = new Map<string, { name: string; steps: number }>();
  readonly #heldBack = new Map<string, { name: string; deletions: number }>();
  readonly #successes = new Map<string, { name: string; at: number }>();
  readonly #writes;
  readonly #repairs;
  readonly #duration;

  static create(metrics: MetricsService): DefaultReconcilerMetrics {
    return new DefaultReconcilerMetrics(metrics);
  }

  private constructor(metrics: MetricsService) {
    this.#writes = metrics.createCounter('berth.reconciler.writes', {
      description: 'Writes to clusters, by cluster, verb and kind',
    });
    this.#repairs = metrics.createCounter('berth.reconciler.repairs', {
      description: 'Objects that others had changed or deleted, by cluster',
    });
    this.#duration = metrics.createHistogram('berth.reconciler.duration', {
      description: 'How long passes took, by cluster and result',
      unit: 's',
    });
    metrics
      .createObservableGauge('berth.reconciler.queue', {
        description: 'Steps that are planned and not done yet, by cluster',
      })
      .addCallback(result => {
        for (const { name, steps } of this.#queued.values()) {
          result.observe(steps, { cluster: name });
        }
      });
    metrics
      .createObservableGauge('berth.reconciler.held', {
        description: 'Deletions that are held, by cluster',
      })
      .addCallback(result => {
        for (const { name, deletions } of this.#heldBack.values()) {
          result.observe(deletions, { cluster: name });
        }
      });
    metrics
      .createObservableGauge('berth.reconciler.last_success', {
        description:
          'Time of the last pass after which a cluster matched the portal',
        unit: 's',
      })
      .addCallback(result => {
        for (const { name, at } of this.#successes.values()) {
          result.observe(at, { cluster: name });
        }
      });
  }

  writesTo({ id, name }: { id: string; name: string }): Writes {
    return {
      wrote: (verb, kind) => {
        this.#writes.add(1, { cluster: name, verb, kind });
        const queued = this.#queued.get(id);
        if (queued && queued.steps > 0) {
          queued.steps--;
        }
      },
    };
  }

  planned(
    { id, name }: { id: string; name: string },
    { total, repairs }: { total: number; repairs: number },
  ): void {
    this.#queued.set(id, { name, steps: total });
    if (repairs > 0) {
      this.#repairs.add(repairs, { cluster: name });
    }
  }

  passed(
    { id, name }: { id: string; name: string },
    pass: { seconds: number; settled: boolean; reached: boolean },
  ): void {
    this.#queued.set(id, { name, steps: 0 });
    this.#duration.record(pass.seconds, {
      cluster: name,
      result: resultOf(pass),
    });
    if (pass.settled) {
      this.#successes.set(id, { name, at: Math.floor(Date.now() / 1_000) });
    }
  }

  held({ id, name }: { id: string; name: string }, deletions: number): void {
    this.#heldBack.set(id, { name, deletions });
  }

  forget(clusterId: string): void {
    this.#queued.delete(clusterId);
    this.#heldBack.delete(clusterId);
    this.#successes.delete(clusterId);
  }
}

function resultOf(pass: { settled: boolean; reached: boolean }): string {
  if (!pass.reached) {
    return 'unreached';
  }
  return pass.settled ? 'settled' : 'unsettled';
}
