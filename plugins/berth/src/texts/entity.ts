export const entityTexts = {
  entity: {
    open: 'Open in Berth',
    held: 'How it is held',
    tooMany: 'These are the first {{shown}} of {{total}}.',
    group: {
      title: 'Namespaces of the group',
      limited:
        'You are not in {{group}}: you see only those of its namespaces that your own groups hold, too, with the roles of your groups.',
      empty: '{{group}} holds no namespace',
      emptyHint:
        'A cluster that is shared with the group gives it one. Platform admins share clusters.',
      emptyLimited: 'Or none that you may see.',
      sharing: 'Sharing of {{cluster}}',
      share: 'Share a cluster',
    },
    namespaces: {
      title: 'Namespaces',
      failed: 'The namespaces could not be had',
      unreadable:
        'The annotation berth.dev/namespaces has entries that are no cluster/namespace: {{entries}}',
      empty: 'No namespace is tied to this',
      emptyHint:
        'Name some in the annotation berth.dev/namespaces, as cluster/namespace separated by commas, or let it depend on the Resource of one.',
      noneVisible: 'It runs where your groups hold no role',
      noneVisibleHint:
        'The page of a namespace says what is missing, and takes the request for a role.',
      hidden: 'Not there, or not yours to see: {{names}}.',
    },
    user: {
      own: 'What you can reach',
      others: 'What they can reach, and why',
      why: 'Why you may, or may not',
      cluster: 'Cluster',
      chooseCluster: 'Choose a cluster',
      forbidden: 'Not yours to see',
      forbiddenHint:
        'What people can reach on clusters is shown to themselves and to platform admins.',
      failed: 'Access could not be explained',
      noClusters: 'No cluster is registered',
      none: 'No access',
      admin: 'Platform admin: may do everything there.',
      held: '{{role}} in {{namespace}} through {{path}}',
      heldUntil: '{{role}} in {{namespace}} through {{path}}, until {{when}}',
      show: 'Why, on {{cluster}}',
      hide: 'Hide why, on {{cluster}}',
      tooMany:
        'These are the first {{shown}} of {{total}} clusters. The page of a cluster explains the others.',
    },
  },
} as const;
