import {
  Cluster,
  OnboardingFeature,
  OnboardingFormat,
  OnboardingGuide,
  OnboardingStep,
} from '@berth/plugin-berth-common';

export const ISSUER = 'https://portal.example.com/api/oidc';

const MANIFEST = `# Applied once by an admin of the cluster.
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: berth:cluster-scope
  labels:
    app.kubernetes.io/managed-by: berth
rules:
  - apiGroups: [storage.k8s.io]
    resources: [storageclasses]
    verbs: [get, list, watch]
`;

const PACK = `---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: identity.berth.dev
`;

/** A guide for the admin of a cluster, in the structure of the backend's guides. */
export function guideOf(
  { name, id, usernamePrefix, status }: Cluster,
  format: OnboardingFormat,
  features: OnboardingFeature[],
): OnboardingGuide {
  const manifest: OnboardingStep[] = [
    {
      title: 'Save and apply the manifest',
      why: 'It holds roles, bindings and the admission policy.',
      language: 'yaml',
      filename: `berth-${name}.yaml`,
      text: features.includes('pack') ? `${MANIFEST}${PACK}` : MANIFEST,
      part: 'manifest',
    },
    {
      title: 'Apply it as an admin of the cluster',
      why: 'The portal has no right to do it, and needs none.',
      language: 'shell',
      text: `kubectl apply -f berth-${name}.yaml`,
      part: 'manifest',
    },
  ];
  const guide = {
    format,
    ...(status.version !== undefined && { version: status.version }),
  };
  if (format === 'manifest') {
    return { ...guide, title: 'Manifest', notes: [], steps: manifest };
  }
  if (format === 'gke') {
    return {
      ...guide,
      title: 'Google Kubernetes Engine',
      connection: 'serviceAccount',
      notes: ['Change the connection with the token from the last step.'],
      steps: [
        ...manifest,
        {
          title: 'Create a first token',
          why: 'The portal exchanges it at once.',
          language: 'shell',
          text: 'kubectl -n berth-system create token reconciler',
        },
      ],
    };
  }
  return {
    ...guide,
    title: format,
    connection: 'oidc',
    notes:
      format === 'eks'
        ? ['EKS takes one identity provider for each cluster.']
        : [],
    steps: [
      {
        title: `Start the API server with these flags (${format})`,
        why: 'They name the issuer and the id that tokens for this cluster carry.',
        language: 'text',
        text: [
          `--oidc-issuer-url=${ISSUER}`,
          `--oidc-client-id=${id}`,
          '--oidc-username-claim=sub',
          `--oidc-username-prefix=${usernamePrefix || '-'}`,
          '--oidc-groups-claim=groups',
        ].join('\n'),
      },
      ...manifest,
    ],
  };
}
