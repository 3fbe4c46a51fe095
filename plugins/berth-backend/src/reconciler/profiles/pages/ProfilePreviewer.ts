import { ProfilePreview } from '@berth/plugin-berth-common';
import {
  AnotherClusterError,
  assertSameCluster,
} from '../../../identity/assertSameCluster';
import { isKubeError } from '../../../kube';
import { ClusterRecord } from '../../../model/clusters';
import { keysToObserve, plan } from '../../plan';
import { lowered } from '../../podSecurity/PodSecurityGate';
import { previewRaises } from '../../podSecurity/previewRaises';
import { failureOf, groupsOf } from '../../preview/PlanPreviewer';
import {
  DEADLINE_MS,
  PlanSources,
  readPlanState,
} from '../../preview/planState';
import { presentPlan } from '../../preview/presentPlan';
import { ReadingObserver } from '../../ReadingObserver';
import { TenantSource } from '../../types';
import { ClusterCapabilities } from '../items/ClusterCapabilities';
import { Capabilities } from '../items/types';
import { kindProfiles } from '../profileOf';
import { Profile } from '../types';
import { kindsOf } from './ClusterProfiles';

/** More than a person reads. */
const MAX_ITEMS = 200;

export interface ProfilePreviewerOptions {
  capabilities: Pick<ClusterCapabilities, 'read'>;
  sources: PlanSources;
  /** Returns the tenants as they would be with other profiles. */
  tenantsWith: (profiles: readonly Profile[]) => TenantSource;
}

/** Shows what profiles would change on a cluster, with the pods that would fail. It reads the cluster and writes nothing. */
export class ProfilePreviewer {
  readonly #options: ProfilePreviewerOptions;

  constructor(options: ProfilePreviewerOptions) {
    this.#options = options;
  }

  async preview(
    cluster: ClusterRecord,
    profiles: readonly Profile[],
  ): Promise<ProfilePreview> {
    const { capabilities } = await this.#options.capabilities.read(cluster);
    const signal = AbortSignal.timeout(DEADLINE_MS);
    try {
      return await this.#read(cluster, { profiles, capabilities, signal });
    } catch (error) {
      if (
        isKubeError(error) ||
        error instanceof AnotherClusterError ||
        signal.aborted
      ) {
        return {
          cluster: cluster.name,
          kinds: kindsOf(kindProfiles(profiles, cluster), capabilities),
          items: [],
          totalItems: 0,
          problems: [],
          podSecurity: [],
          untried: 0,
          failure: failureOf(error),
        };
      }
      throw error;
    }
  }

  async #read(
    cluster: ClusterRecord,
    run: {
      profiles: readonly Profile[];
      capabilities: Capabilities;
      signal: AbortSignal;
    },
  ): Promise<ProfilePreview> {
    const { sources } = this.#options;
    const { signal } = run;
    const { wanted, tenants, inventory, deletions } = await readPlanState(
      { ...sources, tenants: this.#options.tenantsWith(run.profiles) },
      cluster,
    );
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
    const { waits, untried } = await previewRaises({
      clusterId: cluster.id,
      client,
      wanted,
      observed,
      inventory,
      signal,
    });
    const former = await sources.formers.of(cluster);
    const state = await sources.pullSecrets.pass({
      cluster,
      client,
      wanted: lowered(
        wanted,
        observed,
        new Set([...waits.map(({ namespace }) => namespace), ...untried]),
      ),
      observed,
      inventory,
      signal,
    });
    const planned = plan({
      cluster,
      desired: state.wanted,
      observed: state.observed,
      inventory: state.inventory,
      formers: new Map(former.map(({ id, name }) => [id, name])),
    });
    const held = await sources.breaker.peek(deletions);
    const { items, problems } = presentPlan(
      planned,
      state.observed,
      held.objects,
      subject => groupsOf(subject, tenants),
    );
    return {
      cluster: cluster.name,
      kinds: kindsOf(kindProfiles(run.profiles, cluster), run.capabilities),
      items: items.slice(0, MAX_ITEMS),
      totalItems: items.length,
      problems,
      podSecurity: waits,
      untried: untried.length,
    };
  }
}
