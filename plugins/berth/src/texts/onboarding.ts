export const onboardingTexts = {
  onboarding: {
    done: {
      title: 'This cluster trusts the portal',
      description:
        'The steps below are done. They are needed again only if the API server is set up anew.',
      share: 'Share it with a group',
    },
    where: { change: 'Change settings' },
    notes: 'Before you begin: {{distribution}}',
    trust: {
      title: 'Let the API server trust the portal',
      description:
        'Its tokens are for this cluster alone: they carry its id, so that no other cluster’s tokens work here.',
      distribution: 'What runs the cluster',
      distributionHint: 'Guessed from its version and address.',
      failed: 'The steps could not be read',
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
      gke: 'Google GKE',
      openshift: 'OpenShift',
    },
    manifest: {
      title: 'Apply the manifest',
      description:
        'It gives the portal the few rights that it needs to make namespaces and RoleBindings, and nothing else.',
      failed: 'The manifest could not be read',
    },
    check: {
      title: 'Check',
      description:
        'The portal looks at the cluster as it will work with it. What you mend turns green here.',
    },
  },
} as const;
