export const resourcesTexts = {
  resources: {
    title: 'Resources',
    kind: 'Kind',
    tab: {
      workloads: 'Workloads',
      services: 'Services',
      storage: 'Storage',
      config: 'Config',
      custom: 'Custom',
      nodes: 'Nodes',
    },
    kinds: {
      deployments: 'Deployments',
      statefulsets: 'StatefulSets',
      daemonsets: 'DaemonSets',
      replicasets: 'ReplicaSets',
      jobs: 'Jobs',
      cronjobs: 'CronJobs',
      pods: 'Pods',
      services: 'Services',
      ingresses: 'Ingresses',
      httproutes: 'HTTPRoutes',
      persistentvolumeclaims: 'PersistentVolumeClaims',
      persistentvolumes: 'PersistentVolumes',
      storageclasses: 'StorageClasses',
      configmaps: 'ConfigMaps',
      secrets: 'Secrets',
      nodes: 'Nodes',
    },
    custom: {
      choose: 'Choose a kind',
      search: 'Search kinds',
      chooseTitle_one: 'The clusters have 1 other kind',
      chooseTitle_other: 'The clusters have {{count}} other kinds',
      none: 'The clusters have no other kinds',
      partial: 'Some kinds may be missing',
      hint: 'Custom resources, and the kinds of Kubernetes that have no tab of their own, are in the list above.',
    },
    column: {
      name: 'Name',
      namespace: 'Namespace',
      cluster: 'Cluster',
      partial: 'Only some of the clusters have this column.',
    },
    filter: {
      search: 'Search all columns',
      clusters: 'Filter by cluster',
      namespaces: 'Filter by namespace',
      allNamespaces: 'All namespaces',
      status: 'Filter by status',
      anyStatus: 'Any status',
      problems: 'Problems',
      counted: '{{label}} ({{number}})',
      labels: 'Label selector',
      labelsExample: 'Labels: app=shop',
      columns: 'More columns',
    },
    selector: {
      requirement:
        '“{{part}}” is not a label selector. Write it as app=shop, app!=shop, app in (shop, cart), app or !app.',
      key: '“{{part}}” has a key that no label can have.',
      value: '“{{part}}” has a value that no label can have.',
    },
    count: {
      all_one: '{{number}} object.',
      all_other: '{{number}} objects.',
      some: '{{shown}} of {{total}} objects.',
      problems_one: '{{count}} has a problem.',
      problems_other: '{{count}} have a problem.',
      loading:
        '{{number}} objects so far. {{answered}} of {{total}} clusters have answered.',
      columnsDiffer: 'Only some clusters have these columns: {{names}}.',
    },
    more: {
      title: 'There are more rows on {{clusters}}',
      description:
        'The list shows the first {{number}}. Choose a namespace, or load more.',
      load: 'Load more',
    },
    failures: {
      title_one: '{{failed}} of {{count}} cluster did not answer completely',
      title_other: '{{failed}} of {{count}} clusters did not answer completely',
      rest_one: '1 more failure',
      rest_other: '{{count}} more failures',
      dismiss: 'Dismiss',
      rowsFrom: 'The list shows its rows from {{when}}.',
    },
    cause: {
      Forbidden: 'Your role does not allow this.',
      Unreachable: 'The cluster cannot be reached.',
      Timeout: 'The cluster did not answer in time.',
      NotFound: 'The cluster does not have this kind.',
      Expired: 'The list changed while it was read.',
      TooLarge: 'The answer of the cluster is too large.',
      Unsupported: 'The cluster cannot list this kind as a table.',
      Failed: 'The cluster reported an error.',
    },
    summary: {
      problems_one: '{{count}} with a problem',
      problems_other: '{{count}} with a problem',
    },
    entity: {
      title: 'Workloads',
      selector: 'Objects with the labels {{selector}}',
      hidden_one:
        'One namespace of this entity is not listed: it does not exist, or you have no role there.',
      hidden_other:
        '{{count}} namespaces of this entity are not listed: they do not exist, or you have no role there.',
      more_one:
        'One more namespace is not listed, as the entity names too many.',
      more_other:
        '{{count}} more namespaces are not listed, as the entity names too many.',
      noPlace: 'You have no access to the namespaces of this entity',
      noPlaceNext:
        'The entity names namespaces, but you have no role in any of them. Request a role on the page of a namespace.',
    },
    empty: {
      noPlace: 'There is no namespace where you can see resources',
      noPlaceNext:
        'None of your groups has a namespace on a connected cluster. Request a namespace, or ask a platform admin to share a cluster with one of your groups.',
      unknownKind: 'No cluster has {{label}}',
      unknownKindNext: 'An admin of a cluster can install this kind.',
      forbidden: 'Your roles do not let you list {{label}}',
      forbiddenNext:
        'Request a role that allows it, or ask the owner of the namespace. Refresh the list after your role has changed.',
      nothing: 'There are no {{label}}',
      nothingElse: 'The clusters that answered have no {{label}}',
      nothingNext:
        'Deploy something, for example with kubectl apply. The list refreshes automatically.',
    },
    noMatch: {
      title: 'Nothing matches',
      description: 'No object matches the search and the filters.',
      clear: 'Clear search and filters',
    },
  },
} as const;
