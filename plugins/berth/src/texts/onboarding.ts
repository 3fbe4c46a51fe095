export const onboardingTexts = {
  onboarding: {
    done: {
      share: 'Share it with a group',
      title: 'This cluster trusts the portal',
      description:
        'The steps below are done. They are needed again only if the API server is set up anew.',
    },
    where: { change: 'Change settings' },
    trust: {
      title: 'Let the API server trust the portal',
      description:
        'Start kube-apiserver with these flags. The client id is this cluster’s own, so that no other cluster’s tokens work here.',
      hint: 'If the portal’s certificate is signed by a CA of your own, add --oidc-ca-file with that CA.',
      failed: 'The portal’s issuer URL could not be read',
    },
    manifest: {
      title: 'Apply the manifest',
      description:
        'As an admin of the cluster, apply it once. It gives the portal the few rights that it needs to make namespaces and RoleBindings, and nothing else.',
      command: 'Command',
      failed: 'The manifest could not be read',
    },
    check: {
      title: 'Check',
      description:
        'The portal looks at the cluster as it will work with it. What you mend turns green here.',
      action: 'Check now',
      failed: 'The cluster could not be checked',
      checked: 'checked {{when}}',
    },
  },
} as const;
