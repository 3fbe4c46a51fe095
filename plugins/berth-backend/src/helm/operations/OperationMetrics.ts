import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { HelmOperationKind } from '@berth/plugin-berth-common';
import { OperationEnd } from './types';

/** Counts the operations of a replica. */
export interface CountsOperations {
  /** Called with the operations that are queued on all replicas, and those that this one works on. */
  seen(now: { queued: number; running: number }): void;
  /** Called when this replica has ended an operation. */
  ended(
    kind: HelmOperationKind,
    end: Pick<OperationEnd, 'state'>,
    seconds: number,
  ): void;
}

/** Metrics of operations through Backstage's metrics service. */
export class OperationMetrics implements CountsOperations {
  readonly #ended;
  readonly #duration;
  #now = { queued: 0, running: 0 };

  static create(metrics: MetricsService): OperationMetrics {
    return new OperationMetrics(metrics);
  }

  private constructor(metrics: MetricsService) {
    this.#ended = metrics.createCounter('berth.helm.operations', {
      description: 'Operations that this replica ended, by kind and result',
    });
    this.#duration = metrics.createHistogram('berth.helm.duration', {
      description:
        'How long this replica worked on operations, by kind and result',
      unit: 's',
    });
    metrics
      .createObservableGauge('berth.helm.queued', {
        description: 'Operations that wait, on all replicas',
      })
      .addCallback(result => result.observe(this.#now.queued));
    metrics
      .createObservableGauge('berth.helm.running', {
        description: 'Operations that this replica works on',
      })
      .addCallback(result => result.observe(this.#now.running));
  }

  seen(now: { queued: number; running: number }): void {
    this.#now = now;
  }

  ended(
    kind: HelmOperationKind,
    { state }: Pick<OperationEnd, 'state'>,
    seconds: number,
  ): void {
    const attributes = { kind, result: state };
    this.#ended.add(1, attributes);
    this.#duration.record(seconds, attributes);
  }
}
