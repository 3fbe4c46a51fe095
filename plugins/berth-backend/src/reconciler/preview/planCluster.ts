import {
  PlanFailure,
  PlannedChange,
  PlannedProblem,
} from '@berth/plugin-berth-common';
import {
  AnotherClusterError,
  assertSameCluster,
} from '../../identity/assertSameCluster';
import { isKubeError, KubeClient } from '../../kube';
import { ClusterRecord } from '../../model/clusters';
import { Waiting } from '../breaker/DeletionBreaker';
import { FormerCluster } from '../former/DatabaseFormerClusters';
import { keysToObserve, plan } from '../plan';
import { problemOf } from '../problems';
import { ReadingObserver } from '../ReadingObserver';
import { DesiredSubject, Observed, Subject, Tenants } from '../types';
import {
  DEADLINE_MS,
  PlanSources,
  PlanState,
  readPlanState,
} from './planState';
import { presentPlan } from './presentPlan';

/** What a pass over a cluster would do. */
export interface PlannedCluster extends PlanState {
  client: KubeClient;
  observed: Observed;
  former: FormerCluster[];
  items: PlannedChange[];
  problems: PlannedProblem[];
  /** The deletions that wait. */
  held: Waiting['held'];
}

/** What is known of a cluster before its plan. */
export interface ReadCluster extends PlanState {
  client: KubeClient;
  observed: Observed;
}

/**
 * Reads a cluster and computes its plan. It writes nothing.
 *
 * @param gate - returns the subjects, in which namespaces that wait for a higher level of Pod Security keep their level
 * @throws an error that {@link failureOf} describes if the cluster cannot be read
 */
export async function planCluster(
  sources: PlanSources,
  cluster: ClusterRecord,
  gate: (read: ReadCluster) => Promise<DesiredSubject[]>,
  signal: AbortSignal,
): Promise<PlannedCluster> {
  const state = await readPlanState(sources, cluster);
  const { wanted, tenants, inventory, deletions } = state;
  const client = sources.connect(cluster);
  await assertSameCluster(client, cluster, { signal });
  const observed = await new ReadingObserver().observe({
    cluster,
    client,
    keys: keysToObserve(wanted, inventory),
    wanted: [],
    inventory,
    signal,
  });
  const former = await sources.formers.of(cluster);
  const passed = await sources.pullSecrets.pass({
    cluster,
    client,
    wanted: await gate({ ...state, client, observed }),
    observed,
    inventory,
    signal,
  });
  const planned = plan({
    cluster,
    desired: passed.wanted,
    observed: passed.observed,
    inventory: passed.inventory,
    formers: new Map(former.map(({ id, name }) => [id, name])),
  });
  const { held, objects } = await sources.breaker.peek(deletions);
  return {
    ...state,
    client,
    observed,
    former,
    ...presentPlan(planned, passed.observed, objects, subject =>
      groupsOf(subject, tenants),
    ),
    held,
  };
}

/** Returns why a cluster could not be read; undefined for an error of the portal. */
export function failureOf(
  error: unknown,
  signal: AbortSignal,
): PlanFailure | undefined {
  if (isKubeError(error) || error instanceof AnotherClusterError) {
    const { cause, message } = problemOf(error);
    return { cause, message };
  }
  return signal.aborted
    ? {
        cause: 'Timeout',
        message: `Reading the cluster took longer than ${
          DEADLINE_MS / 1_000
        } s`,
      }
    : undefined;
}

/** Returns the entity refs of the groups of a subject. */
function groupsOf(subject: Subject, { grants }: Tenants): string[] {
  switch (subject.type) {
    case 'share':
      return [subject.group];
    case 'grant':
      return grants
        .filter(({ id }) => id === subject.id)
        .map(({ group }) => group);
    default:
      return [];
  }
}
