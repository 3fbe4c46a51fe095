import { ProfileItem } from '@berth/plugin-berth-common';
import { EGRESS_POLICY } from '../egressPolicy';
import { Capabilities, ItemOf } from './types';

export const networkPoliciesItem: ItemOf = (
  { networkPolicies = [] },
  capabilities,
) =>
  networkPolicies.some(({ name }) => name !== EGRESS_POLICY)
    ? { item: 'networkPolicies', ...stateOf(capabilities) }
    : undefined;

export const egressItem: ItemOf = ({ networkPolicies = [] }, capabilities) =>
  networkPolicies.some(({ name }) => name === EGRESS_POLICY)
    ? { item: 'egress', ...stateOf(capabilities) }
    : undefined;

/** Policies are never `enforced`, because people with the role admin or edit can add policies that allow more. */
function stateOf({
  networkPlugin,
}: Capabilities): Pick<ProfileItem, 'state' | 'why'> {
  if (networkPlugin?.enforces === undefined) {
    return {
      state: 'set',
      why: 'The nodes do not show whether the network plugin of the cluster enforces network policies',
    };
  }
  const { name, enforces } = networkPlugin;
  return enforces
    ? {
        state: 'set',
        why: `${name} enforces network policies. People with the role admin or edit can add policies that allow more`,
      }
    : {
        state: 'unsupported',
        why: `${name} does not enforce network policies. The policies exist and have no effect`,
      };
}
