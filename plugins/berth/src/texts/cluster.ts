export const clusterTexts = {
  cluster: {
    tab: {
      overview: 'Overview',
      access: 'Access',
      namespaces: 'Namespaces',
      quotas: 'Quotas',
      onboarding: 'Onboarding',
      plan: 'Plan',
      activity: 'Activity',
      settings: 'Settings',
    },
    adminOnly: {
      title: 'Only platform admins can see this',
      next: 'Overview and Access show what concerns you.',
      nextNamespace: 'Overview, Access and Quota show what concerns you.',
      nextQuotas:
        'The pages of your own namespaces, listed under Mine, show their quotas.',
    },
    namespaces: {
      none: 'None of your groups has a namespace on {{cluster}}',
      noneNext: 'Request one under Mine, or ask a platform admin for a role.',
    },
    state: {
      title: 'State',
      pending: 'The first check has not finished yet. It takes a few seconds.',
      state: 'State',
      since: 'Since',
      checked: 'Checked',
      lastSeen: 'Last seen',
      open: {
        onboarding: 'Open Onboarding',
        settings: 'Open Settings',
      },
    },
    capacity: {
      title: 'Capacity',
      old: 'These figures are from {{when}}, when the cluster was last seen.',
      unknown: 'unknown',
      pods: 'Pods',
      atMost: 'at most {{number}}',
      asOf: 'Seen {{when}}',
      gpusBoth: '{{physical}} physical, {{advertised}} advertised',
      gpusAdvertised: '{{advertised}} advertised',
    },
    identity: {
      title: 'Identity',
      id: 'Id (token audience)',
      apiServer: 'API server',
      connection: 'Connection',
      kubectlVia: 'kubectl connects',
      kubectlViaValue: {
        direct: 'directly to the API server',
        portal: 'through the portal',
      },
      created: 'Registered',
      credential: 'Credential',
      credentialState: {
        Valid: 'valid, renewed automatically',
        RenewalFailed: 'still valid, but renewal fails',
        Expired: 'expired: enter a new one in Settings',
      },
      expires: 'expires {{when}}',
    },
  },
} as const;
