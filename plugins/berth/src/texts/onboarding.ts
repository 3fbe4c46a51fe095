export const onboardingTexts = {
  onboarding: {
    done: {
      title: 'This cluster trusts the portal',
      description:
        'The steps below are done. Repeat them only if the API server is set up again.',
      share: 'Share it with a group',
    },
    where: { change: 'Change settings' },
    notes: 'Before you begin: {{distribution}}',
    otherConnection: {
      title: '{{distribution}} needs another connection than this cluster has',
      oidc: 'This guide makes the API server accept the portal’s tokens, but the portal connects to this cluster in another way. For the portal to use its own tokens, change the connection to OIDC in Settings.',
      change: 'Change the connection',
    },
    trust: {
      title: 'Let the API server trust the portal',
      description:
        'The portal’s tokens carry the id of this cluster, so tokens for other clusters do not work here.',
      distribution: 'What runs the cluster',
      distributionHint: 'Guessed from its version and address.',
      distributionHintNoVersion:
        'Guessed from its address: the cluster does not report its version yet.',
      failed: 'Could not load the steps',
    },
    distribution: {
      'authentication-config':
        'Any, with an AuthenticationConfiguration (Kubernetes 1.30 or later)',
      'apiserver-flags': 'Any, with kube-apiserver flags',
      kubeadm: 'kubeadm',
      kind: 'kind',
      k3s: 'K3s',
      rke2: 'RKE2',
      eks: 'Amazon EKS',
      aks: 'Azure AKS',
      gke: 'Google GKE, or any with a service account',
      openshift: 'OpenShift',
    },
    manifest: {
      title: 'Apply the manifest',
      description:
        'It grants the portal the few rights that it needs to create namespaces and RoleBindings, and nothing else.',
      inStep2: 'Step 2 includes the manifest.',
      features: 'Optional parts of the manifest',
      feature: {
        pack: 'Policy pack: profiles can enforce users, groups and nodes of pods',
        pullSecrets:
          'Pull secrets: the portal can write credentials for image registries, and read no Secret',
      },
      failed: 'Could not load the manifest',
    },
    check: {
      title: 'Check',
      description:
        'The portal checks everything that it needs on the cluster. What you fix turns green here.',
    },
  },
} as const;
