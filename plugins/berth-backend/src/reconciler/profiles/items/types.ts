import { ProfileItem, SizeClass } from '@berth/plugin-berth-common';
import { ClusterRecord } from '../../../model/clusters';
import { NetworkPlugin } from '../../../model/networkPlugin';
import { Profile } from '../types';

/** What a cluster has that profiles need, as far as known. */
export interface Capabilities {
  /** The `gitVersion` of the API server, such as `v1.33.1`. */
  version?: string;
  /** The objects of the policy pack by name; absent if they were not looked for. */
  pack?: Record<string, PackObjectState>;
  /** The optional features of the onboarding manifest that the cluster has. */
  features: string[];
  networkPlugin?: NetworkPlugin;
  /** The settings of the cluster in the portal, and the size classes. */
  settings?: Pick<ClusterRecord, 'defaultStorageClass' | 'nodePlacement'> & {
    sizeClasses?: readonly SizeClass[];
  };
}

/** The state of an object of the policy pack. */
export type PackObjectState = 'current' | 'changed' | 'missing';

/**
 * Returns what a cluster can do with a field of a profile; undefined if the profile does not have the field.
 */
export type ItemOf = (
  profile: Profile,
  capabilities: Capabilities,
) => ProfileItem | undefined;
