import { ClusterCapability } from '@berth/plugin-berth-common';
import { isAtLeast } from '../../../model/versions';
import { POD_SECURITY_MINOR } from './podSecurityItem';
import { Capabilities } from './types';

/** The minor versions of Kubernetes with ValidatingAdmissionPolicy and MutatingAdmissionPolicy as stable features. */
const VALIDATING_MINOR = 30;
const MUTATING_MINOR = 36;

/** Describes what a cluster has for profiles, for people. */
export function capabilitiesList(
  capabilities: Capabilities,
): ClusterCapability[] {
  const { version } = capabilities;
  const since = (
    capability: ClusterCapability['capability'],
    feature: string,
    minor: number,
  ): ClusterCapability => {
    const supported = isAtLeast(version, minor);
    return {
      capability,
      ...(supported === undefined
        ? {
            state: 'unknown' as const,
            message: `${feature} needs Kubernetes 1.${minor}, and the version of the cluster is not known`,
          }
        : {
            state: supported ? ('yes' as const) : ('no' as const),
            message: `${feature} needs Kubernetes 1.${minor}, and the cluster has ${version}`,
          }),
    };
  };
  return [
    since('podSecurity', 'Pod Security', POD_SECURITY_MINOR),
    networkCapability(capabilities),
    since(
      'admissionPolicies',
      'A ValidatingAdmissionPolicy, which refuses pods,',
      VALIDATING_MINOR,
    ),
    since(
      'mutatingPolicies',
      'A MutatingAdmissionPolicy, which sets defaults of pods,',
      MUTATING_MINOR,
    ),
    ...packCapability(capabilities),
  ];
}

function networkCapability({ networkPlugin }: Capabilities): ClusterCapability {
  const capability = 'networkPlugin';
  if (networkPlugin?.enforces === undefined) {
    return {
      capability,
      state: 'unknown',
      message: `The nodes do not show whether ${
        networkPlugin ? networkPlugin.name : 'the network plugin'
      } enforces network policies`,
    };
  }
  const { name, enforces } = networkPlugin;
  return enforces
    ? {
        capability,
        state: 'yes',
        message: `${name} enforces network policies`,
      }
    : {
        capability,
        state: 'no',
        message: `${name} does not enforce network policies`,
      };
}

/** The policy pack, if its objects were looked for. */
function packCapability({ pack }: Capabilities): ClusterCapability[] {
  if (!pack) {
    return [];
  }
  const named = (state: string) =>
    Object.keys(pack)
      .filter(name => pack[name] === state)
      .sort();
  const problems = [
    ['missing', named('missing')] as const,
    ['changed', named('changed')] as const,
  ].filter(([, names]) => names.length > 0);
  return [
    {
      capability: 'policyPack',
      ...(problems.length === 0
        ? {
            state: 'yes' as const,
            message:
              'The objects of the policy pack are as the portal has them',
          }
        : {
            state: 'no' as const,
            message: `Objects of the policy pack: ${problems
              .map(([state, names]) => `${state} ${names.join(', ')}`)
              .join('; ')}`,
          }),
    },
  ];
}
