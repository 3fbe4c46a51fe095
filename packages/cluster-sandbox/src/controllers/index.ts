import { Registry } from '../registry/Registry';
import { runAggregation } from './aggregation';
import { ControllerContext, WorkQueue } from './Controller';
import { runDeployments } from './deployments';
import { runGarbageCollection } from './garbage';
import { runKubelet } from './kubelet';
import { runNamespaces } from './namespaces';
import { runOtherWorkloads } from './otherWorkloads';
import { runQuotas } from './quotas';
import { runReplicaSets } from './replicaSets';
import { runVolumes } from './volumes';

export interface ControllerOptions {
  caPem: string;
  terminationDelayMs: number;
  podStepMs: number;
}

/** Starts all controllers of a cluster. They stop with `queue.stop()`. */
export function runControllers(
  registry: Registry,
  options: ControllerOptions,
): ControllerContext {
  const context = { registry, queue: new WorkQueue() };
  runAggregation(context);
  runNamespaces(context, options);
  runGarbageCollection(context);
  runQuotas(context);
  runDeployments(context);
  runReplicaSets(context);
  runOtherWorkloads(context);
  runKubelet(context, { stepMs: options.podStepMs, jobMs: 5_000 });
  runVolumes(context, options.podStepMs);
  return context;
}
