export const clusterTexts = {
  cluster: {
    tab: {
      overview: 'Overview',
      access: 'Access',
      onboarding: 'Onboarding',
      settings: 'Settings',
    },
    adminOnly: {
      title: 'Only platform admins can see this',
      next: 'Overview and Access show what concerns you.',
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
      old: 'These are the figures of {{when}}, when the cluster was last seen.',
      unknown: 'unknown',
    },
    identity: {
      title: 'Identity',
      id: 'Id (token audience)',
      apiServer: 'API server',
      connection: 'Connection',
      created: 'Registered',
    },
  },
} as const;
