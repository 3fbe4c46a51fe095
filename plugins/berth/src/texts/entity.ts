export const entityTexts = {
  entity: {
    open: 'Open in Berth',
    held: 'Role',
    tooMany: 'The first {{shown}} of {{total}} are shown.',
    group: {
      title: 'Namespaces of the group',
      limited:
        'You are not a member of {{group}}. You see only the namespaces that it shares with your own groups, with the roles of your groups.',
      empty: '{{group}} has no namespace',
      emptyHint:
        'A group gets a namespace on each cluster that is shared with it. Platform admins share clusters.',
      emptyLimited: 'Or none that you can see.',
      sharing: 'Change sharing of {{cluster}}',
      share: 'Share a cluster',
    },
    namespaces: {
      title: 'Namespaces',
      failed: 'Could not load the namespaces',
      unreadable:
        'The annotation berth.dev/namespaces has entries that do not read cluster/namespace: {{entries}}',
      empty: 'This entity names no namespace',
      emptyHint:
        'List namespaces in the annotation berth.dev/namespaces, as cluster/namespace separated by commas, or let the entity depend on the Resource of a namespace.',
      noneVisible: 'Your groups have no role in its namespaces',
      noneVisibleHint:
        'The page of a namespace explains what is missing, and lets you request a role.',
      hidden: 'Not found, or no access: {{names}}.',
    },
    user: {
      own: 'What you can reach',
      others: 'What they can reach, and why',
      why: 'Why you have access, or not',
      cluster: 'Cluster',
      chooseCluster: 'Choose a cluster',
      forbidden: 'Access denied',
      forbiddenHint:
        'Only the person, platform admins and auditors can see what a person can reach on clusters.',
      failed: 'Could not explain the access',
      noClusters: 'No cluster is registered',
      none: 'No access',
      admin: 'Platform admin: can do everything there.',
      held: '{{role}} in {{namespace}} through {{path}}',
      heldPersonal: '{{role}} in {{namespace}}, the personal namespace',
      heldUntil: '{{role}} in {{namespace}} through {{path}}, until {{when}}',
      unreachable_one: 'One cluster without access',
      unreachable_other: '{{count}} clusters without access',
      show: 'Why, on {{cluster}}',
      hide: 'Hide why, on {{cluster}}',
      tooMany: 'The first {{shown}} of {{total}} clusters are shown.',
    },
  },
} as const;
