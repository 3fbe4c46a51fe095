export const clustersTexts = {
  clusters: {
    title: 'Clusters',
    add: 'Add cluster',
    addForbidden: 'Only platform admins can add clusters.',
    addUnknown: 'Checking whether you are a platform admin…',
    search: 'Search by name or title',
    stateFilter: 'State',
    stateAll: 'All states',
    stateProblem: 'Problems',
    column: {
      name: 'Cluster',
      state: 'State',
      version: 'Version',
      nodes: 'Nodes',
      cpu: 'CPU',
      memory: 'Memory',
      gpus: 'GPUs',
      capacity: 'Capacity',
      groups: 'Groups',
      lastSeen: 'Last seen',
      actions: 'Kubeconfig',
    },
    nodes_one: '{{count}} node',
    nodes_other: '{{count}} nodes',
    gpus_one: '{{count}} GPU',
    gpus_other: '{{count}} GPUs',
    noGpus: 'none',
    failedShares_one: 'One share failed: {{groups}}',
    failedShares_other: '{{count}} shares failed: {{groups}}',
    notShared: 'not shared',
    moreGroups: '+{{number}}',
    page: '{{from}}–{{to}} of {{total}}',
    noMatch: {
      title: 'No cluster matches',
      description_one: 'The only cluster that you can see does not match.',
      description_other:
        'None of the {{count}} clusters that you can see matches the search and filter.',
      clear: 'Clear search and filter',
    },
    emptyAdmin: {
      title: 'No clusters yet',
      description:
        'Register a Kubernetes cluster, let it trust this portal, and share it with groups. Members then use kubectl with their own 10-minute tokens.',
      action: 'Add the first cluster',
    },
    emptyMember: {
      title: 'No cluster is shared with you yet',
      groups: 'No cluster is shared with these groups of yours:',
      noGroups:
        'Clusters are shared with groups, and you are in no group of the catalog.',
      next: 'Ask a platform admin of this portal to share a cluster with one of these groups.',
      nextNoGroups:
        'Ask the owner of your team to add you to its group in the catalog, then open this page again.',
    },
  },
} as const;
