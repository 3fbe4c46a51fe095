import { ClusterProfile } from '@berth/plugin-berth-common';

/** The profiles of a cluster that does not enforce network policies. */
export function aProfile(cluster: string): ClusterProfile {
  return {
    cluster,
    capabilities: [
      {
        capability: 'podSecurity',
        state: 'yes',
        message:
          'Pod Security needs Kubernetes 1.25, and the cluster has v1.33.1',
      },
      {
        capability: 'networkPlugin',
        state: 'no',
        message: 'flannel does not enforce network policies',
      },
      {
        capability: 'admissionPolicies',
        state: 'yes',
        message:
          'A ValidatingAdmissionPolicy, which refuses pods, needs Kubernetes 1.30, and the cluster has v1.33.1',
      },
      {
        capability: 'mutatingPolicies',
        state: 'no',
        message:
          'A MutatingAdmissionPolicy, which sets defaults of pods, needs Kubernetes 1.36, and the cluster has v1.33.1',
      },
    ],
    kinds: [
      {
        kind: 'personal',
        profile: 'people',
        namespaces: 12,
        waiting: 0,
        items: [{ item: 'labels', state: 'set' }],
      },
      {
        kind: 'group',
        profile: 'isolated',
        namespaces: 40,
        waiting: 2,
        items: [
          { item: 'podSecurity', state: 'enforced' },
          {
            item: 'egress',
            state: 'unsupported',
            why: 'flannel does not enforce network policies. The policies exist and have no effect',
          },
        ],
      },
    ],
    rollout: { cluster: 'dev01', since: '2026-11-30T09:00:00.000Z' },
  };
}
