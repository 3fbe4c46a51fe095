import {
  ClusterProfile,
  PodSecurityWait,
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
    const { namespaces, podSecurity } = this.#options;
    const { capabilities } = await this.#options.capabilities.read(cluster);
    const known = await namespaces.listByCluster(cluster.id);
    const waits = await podSecurity.list(cluster.id);
    return {
      cluster: cluster.name,
      capabilities: capabilitiesList(capabilities),
      kinds: withOtherLevels(
        this.#kinds(cluster, capabilities),
        otherLevels(known, waits),
      ),
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
      kinds: withOtherLevels(
        this.#kinds(cluster, capabilities),
        otherLevels(known, waits),
      ).map(one => {
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

/** Returns the kinds of which a namespace does not have the level of the profile. */
function otherLevels(
  namespaces: NamespaceRecord[],
  waits: Pick<PodSecurityWait, 'namespace'>[],
): ReadonlySet<ProfileKind | undefined> {
  const waiting = new Set(waits.map(({ namespace }) => namespace));
  return new Set(
    namespaces
      .filter(
        ({ name, cause }) =>
          waiting.has(name) || cause === 'ProfileOverwritten',
      )
      .map(kindOf),
  );
}

/** Claims no level of Pod Security as enforced that a namespace of the kind does not have. */
function withOtherLevels(
  kinds: ProfileOfKind[],
  others: ReadonlySet<ProfileKind | undefined>,
): ProfileOfKind[] {
  return kinds.map(one => ({
    ...one,
    items: one.items.map(item =>
      others.has(one.kind) &&
      item.item === 'podSecurity' &&
      item.state === 'enforced'
        ? {
            ...item,
            state: 'set' as const,
            why: 'Not all namespaces have the level now: some wait until their pods meet it, or something else changed a field of the profile there',
          }
        : item,
    ),
  }));
}

/** Returns the kind of a namespace; undefined for one that gets nothing of a profile. */
function kindOf({ origin }: NamespaceRecord): ProfileKind | undefined {
  if (origin === 'adopted') {
    return undefined;
  }
  return origin === 'personal' ? 'personal' : 'group';
}
