import { ProfileItem } from '@berth/plugin-berth-common';
import { Profile } from '../types';
import { annotationsItem, labelsItem } from './fieldItems';
import { egressItem, networkPoliciesItem } from './networkItems';
import {
  identityItem,
  placementItem,
  sizeClassNodesItem,
  storageClassItem,
} from './packItems';
import { podSecurityItem } from './podSecurityItem';
import { pullSecretsItem } from './pullSecretsItem';
import { Capabilities, ItemOf } from './types';

/** In the order in which people read them. */
const ITEMS: readonly ItemOf[] = [
  labelsItem,
  annotationsItem,
  podSecurityItem,
  networkPoliciesItem,
  egressItem,
  identityItem,
  placementItem,
  sizeClassNodesItem,
  storageClassItem,
  pullSecretsItem,
];

const NO_PROFILE: Profile = { name: '', networkPolicies: [] };

/** Returns what a cluster can do with each field of a profile, and with the nodes of size classes. */
export function itemsOf(
  profile: Profile | undefined,
  capabilities: Capabilities,
): ProfileItem[] {
  return ITEMS.flatMap(
    itemOf => itemOf(profile ?? NO_PROFILE, capabilities) ?? [],
  );
}
