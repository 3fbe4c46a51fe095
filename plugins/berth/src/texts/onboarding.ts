export const onboardingTexts = {
  onboarding: {
    done: {
      title: 'This cluster trusts the portal',
      description:
        'The steps below are done. They are needed again only if the API server is set up anew.',
    },
    trust: {
      title: '1. Let the API server trust the portal',
      description:
        'Start kube-apiserver with these flags. The client id is this cluster’s own, so that no other cluster’s tokens work here.',
      hint: 'If the portal’s certificate is signed by a CA of your own, add --oidc-ca-file with that CA.',
      failed: 'The portal’s issuer URL could not be read',
    },
    manifest: {
      title: '2. Apply the manifest',
      description:
        'As an admin of the cluster, apply it once. It gives the portal the few rights that it needs to make namespaces and RoleBindings, and nothing else.',
      command: 'Command',
      failed: 'The manifest could not be read',
    },
    check: {
      title: '3. Check',
      description:
        'The portal looks again and again by itself; a change shows here shortly.',
      action: 'Check now',
      failed: 'The cluster could not be checked',
      checked: 'checked {{when}}',
    },
  },
} as const;
