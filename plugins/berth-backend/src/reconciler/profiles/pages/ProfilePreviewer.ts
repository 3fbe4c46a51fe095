import { ProfilePreview } from '@berth/plugin-berth-common';
import { ClusterRecord } from '../../../model/clusters';
import { lowered } from '../../podSecurity/PodSecurityGate';
import { previewRaises, RaisePreview } from '../../podSecurity/previewRaises';
import { failureOf, planCluster } from '../../preview/planCluster';
import { DEADLINE_MS, PlanSources } from '../../preview/planState';
import { firstProblems } from '../../preview/presentPlan';
import { TenantSource } from '../../types';
import { ClusterCapabilities } from '../items/ClusterCapabilities';
import { Capabilities } from '../items/types';
import { kindProfiles } from '../profileOf';
import { Profile } from '../types';
import { kindsOf } from './ClusterProfiles';
import { findRefusedPods, RefusedPodsRun } from './refusedPods';

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

  /** @param connectAsCaller - connects to the cluster as the person who asks, to read pods */
  async preview(
    cluster: ClusterRecord,
    profiles: readonly Profile[],
    connectAsCaller: RefusedPodsRun['connectAsCaller'],
  ): Promise<ProfilePreview> {
    const { capabilities } = await this.#options.capabilities.read(cluster);
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const kinds = kindsOf(kindProfiles(profiles, cluster), capabilities);
    try {
      return {
        cluster: cluster.name,
        kinds,
        ...(await this.#read(cluster, {
          profiles,
          capabilities,
          connectAsCaller,
          signal,
        })),
      };
    } catch (error) {
      const failure = failureOf(error, signal);
      if (!failure) {
        throw error;
      }
      return {
        cluster: cluster.name,
        kinds,
        items: [],
        totalItems: 0,
        problems: [],
        totalProblems: 0,
        podSecurity: [],
        untried: 0,
        refusedPods: [],
        failure,
      };
    }
  }

  async #read(
    cluster: ClusterRecord,
    run: {
      profiles: readonly Profile[];
      capabilities: Capabilities;
      connectAsCaller: RefusedPodsRun['connectAsCaller'];
      signal: AbortSignal;
    },
  ): Promise<Omit<ProfilePreview, 'cluster' | 'kinds'>> {
    const { sources, tenantsWith } = this.#options;
    const { signal } = run;
    let raises: RaisePreview = { waits: [], untried: [] };
    const planned = await planCluster(
      { ...sources, tenants: tenantsWith(run.profiles) },
      cluster,
      async read => {
        raises = await previewRaises({
          ...read,
          clusterId: cluster.id,
          signal,
        });
        const { waits, untried } = raises;
        return lowered(
          read.wanted,
          read.observed,
          new Set([...waits.map(({ namespace }) => namespace), ...untried]),
        );
      },
      signal,
    );
    const { items, problems } = planned;
    return {
      items: items.slice(0, MAX_ITEMS),
      totalItems: items.length,
      ...firstProblems(problems),
      podSecurity: raises.waits,
      untried: raises.untried.length,
      ...(await findRefusedPods({
        ...planned,
        ...run,
        clusterId: cluster.id,
      })),
    };
  }
}
