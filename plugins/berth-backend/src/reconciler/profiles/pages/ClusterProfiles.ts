import {
  ClusterProfile,
  ProfileKind,
  ProfileOfKind,
} from '@berth/plugin-berth-common';
import { ClusterRecord, ClusterStore } from '../../../model/clusters';
import { NamespaceRecord, NamespaceStore } from '../../../model/tenancy';
import { PodSecurityStore } from '../../podSecurity/types';
import { capabilitiesList } from '../items/capabilitiesList';
import { ClusterCapabilities } from '../items/ClusterCapabilities';
import { itemsOf } from '../items/itemsOf';
import { Capabilities } from '../items/types';
import { kindProfiles } from '../profileOf';
import { KindProfiles, Profile } from '../types';

const KINDS = ['personal', 'group'] as const;

export interface ClusterProfilesOptions {
  capabilities: Pick<ClusterCapabilities, 'read'>;
  clusters: Pick<ClusterStore, 'namesOf'>;
  namespaces: Pick<NamespaceStore, 'listByCluster'>;
  podSecurity: Pick<PodSecurityStore, 'list' | 'turn'>;
  profiles: readonly Profile[];
}

/** Shows which profiles a cluster has, and what the cluster can do with them. */
export class ClusterProfiles {
  readonly #options: ClusterProfilesOptions;

  constructor(options: ClusterProfilesOptions) {
    this.#options = options;
  }

  /** Returns what every person who may see the cluster sees: nothing of other clusters and namespaces. */
  async readForMembers(cluster: ClusterRecord): Promise<ClusterProfile> {
    const { capabilities } = await this.#options.capabilities.read(cluster);
    return {
      cluster: cluster.name,
      capabilities: capabilitiesList(capabilities),
      kinds: this.#kinds(cluster, capabilities),
    };
  }

  /** Returns everything, for admins and auditors. */
  async read(cluster: ClusterRecord): Promise<ClusterProfile> {
    const { namespaces, podSecurity } = this.#options;
    const { capabilities, failure } = await this.#options.capabilities.read(
      cluster,
    );
    const known = await namespaces.listByCluster(cluster.id);
    const waits = await podSecurity.list(cluster.id);
    const waiting = new Set(
      waits
        .filter(({ confirmedBy }) => confirmedBy === undefined)
        .map(({ namespace }) => namespace),
    );
    const rollout = await this.#rollout();
    return {
      cluster: cluster.name,
      capabilities: capabilitiesList(capabilities),
      kinds: this.#kinds(cluster, capabilities).map(one => {
        const names = known
          .filter(namespace => kindOf(namespace) === one.kind)
          .map(({ name }) => name);
        return {
          ...one,
          namespaces: names.length,
          waiting: names.filter(name => waiting.has(name)).length,
        };
      }),
      ...(rollout && { rollout }),
      ...(failure && { failure }),
    };
  }

  #kinds(cluster: ClusterRecord, capabilities: Capabilities): ProfileOfKind[] {
    return kindsOf(kindProfiles(this.#options.profiles, cluster), capabilities);
  }

  async #rollout(): Promise<ClusterProfile['rollout']> {
    const { clusters, podSecurity } = this.#options;
    const turn = await podSecurity.turn();
    if (!turn) {
      return undefined;
    }
    const names = await clusters.namesOf([turn.clusterId]);
    const name = names.get(turn.clusterId);
    return name === undefined
      ? undefined
      : { cluster: name, since: turn.seenAt };
  }
}

/** Describes the profile of each kind of namespaces. */
export function kindsOf(
  profiles: KindProfiles,
  capabilities: Capabilities,
): ProfileOfKind[] {
  return KINDS.map(kind => {
    const profile = profiles[kind];
    return {
      kind,
      ...(profile && { profile: profile.name }),
      items: itemsOf(profile, capabilities),
    };
  });
}

/** Returns the kind of a namespace; undefined for one that gets nothing of a profile. */
function kindOf({ origin }: NamespaceRecord): ProfileKind | undefined {
  if (origin === 'adopted') {
    return undefined;
  }
  return origin === 'personal' ? 'personal' : 'group';
}
