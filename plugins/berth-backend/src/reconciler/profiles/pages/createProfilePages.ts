import { Config } from '@backstage/config';
import { SizeClass } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { ClusterStore } from '../../../model/clusters';
import { NamespaceStore } from '../../../model/tenancy';
import { DatabasePodSecurityStore } from '../../podSecurity/DatabasePodSecurityStore';
import { PlanSources } from '../../preview/planState';
import { ClusterCapabilities } from '../items/ClusterCapabilities';
import { writtenProfiles } from '../readProfiles';
import { Profile } from '../types';
import { ClusterProfiles } from './ClusterProfiles';
import { ProfilePreviewer, ProfilePreviewerOptions } from './ProfilePreviewer';
import { ProfileRouterOptions } from './router';

/** Creates the parts that show profiles, and what they would change. */
export function createProfilePages(options: {
  clusters: ClusterStore;
  config: Config;
  database: Knex;
  namespaces: NamespaceStore;
  profiles: readonly Profile[];
  /** The names of `berth.pullSecrets`. */
  pullSecrets: readonly string[];
  sizeClasses: readonly SizeClass[];
  /** The sources of the plans. */
  sources: PlanSources;
  tenantsWith: ProfilePreviewerOptions['tenantsWith'];
}): Omit<ProfileRouterOptions, 'access' | 'clients' | 'entries'> {
  const { clusters, config, database, namespaces, profiles, sources } = options;
  const capabilities = new ClusterCapabilities(
    sources.connect,
    sources.pullSecrets,
    options.sizeClasses,
  );
  return {
    clusterProfiles: new ClusterProfiles({
      capabilities,
      clusters,
      namespaces,
      podSecurity: DatabasePodSecurityStore.create(database),
      profiles,
    }),
    previewer: new ProfilePreviewer({
      capabilities,
      sources,
      tenantsWith: options.tenantsWith,
    }),
    profiles,
    pullSecrets: options.pullSecrets,
    written: writtenProfiles(config),
  };
}
