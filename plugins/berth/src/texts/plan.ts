export const planTexts = {
  plan: {
    title: 'Pending changes',
    description:
      'What Berth would change on the cluster now to match the portal. Berth applies these changes automatically; opening this page changes nothing.',
    converged: 'The cluster matches the portal',
    convergedHint: 'There is nothing to change.',
    problem: '{{cause}} in {{namespace}}',
    more_one: 'and one more',
    more_other: 'and {{count}} more',
    heldRow: 'Held, see above',
    leftoverRow: 'Left from before a restore',
    missing: '(missing)',
    failure: {
      title: 'Could not read {{cluster}} ({{cause}})',
      next: 'The portal itself works. Berth tries again automatically; people keep the access that the cluster already gives them.',
    },
    column: {
      action: 'Change',
      object: 'Object',
      differences: 'Differences (− actual, + planned)',
    },
    action: {
      create: 'Create',
      apply: 'Update',
      recreate: 'Recreate',
      delete: 'Delete',
      record: 'Add to inventory',
      forget: 'Remove from inventory',
    },
    repeated: {
      title: 'The RoleBinding {{binding}} is deleted again and again',
      description:
        'Noticed {{at}}. Berth creates it again within five seconds each time, and its group may have no access for that long. The audit log of the API server names who deletes it.',
    },
    foreign: {
      title: 'Other role bindings',
      none: 'Berth’s namespaces have only role bindings that Berth made.',
      warning_one: 'Berth did not make one role binding in its namespaces',
      warning_other:
        'Berth did not make {{count}} role bindings in its namespaces',
      hint: 'Berth leaves them alone. Their subjects have access without a share or grant. Delete on the cluster those that should not exist.',
      column: {
        binding: 'RoleBinding',
        role: 'Role',
        subjects: 'Subjects',
      },
    },
    leftovers: {
      title: 'Left from before a restore',
      warning_one: 'Berth does not know whether to delete one object',
      warning_other: 'Berth does not know whether to delete {{count}} objects',
      hint: 'The objects have Berth’s labels, but the portal does not want them and Berth does not remember making them. Delete those that nobody needs.',
      column: {
        object: 'Object',
        reason: 'Why Berth leaves it',
        actions: 'Actions',
      },
      remove: 'Delete…',
      removeLabel: 'Delete {{object}}…',
      confirmTitle: 'Delete {{object}}?',
      consequence:
        'Berth deletes the object from the cluster. If it is a role binding, its subjects lose this access at once.',
      confirm: 'Delete',
      failed: 'The object was not deleted',
    },
    podSecurity: {
      title: 'Higher levels of Pod Security',
      warning_one: 'A higher level waits in one namespace',
      warning_other: 'A higher level waits in {{count}} namespaces',
      hint: 'The API server reports pods that do not meet the level. A namespace gets the level as soon as its pods meet it, or when you let it go ahead.',
      column: {
        namespace: 'Namespace',
        level: 'Level',
        warnings: 'What the API server reports',
        actions: 'Actions',
      },
      action: 'Go ahead…',
      actionLabel: 'Enforce {{level}} in {{namespace}}…',
      confirmTitle: 'Enforce {{level}} in {{namespace}}?',
      consequence:
        'Running pods continue to run. The API server refuses the pods that do not meet the level when they start again.',
      confirm: 'Enforce',
      confirmed: 'Confirmed',
      failed: 'The level was not confirmed',
    },
    identity: {
      title: 'IDs of users and groups',
      warning_one: 'The IDs of one owner of namespaces changed in the catalog',
      warning_other:
        'The IDs of {{count}} owners of namespaces changed in the catalog',
      hint: 'The namespaces keep the IDs in use, because files may belong to them. Confirm the other IDs if they are right.',
      column: {
        owner: 'Owner',
        used: 'In use',
        found: 'In the catalog',
        actions: 'Actions',
      },
      user: 'User {{id}}',
      group: 'Group {{id}}',
      groups: 'More groups {{ids}}',
      another:
        'The catalog has another entity of this name, such as a person who was created again.',
      action: 'Use…',
      actionLabel: 'Use the IDs in the catalog for {{owner}}…',
      confirmTitle: 'Use the IDs in the catalog for {{owner}}?',
      consequence:
        'New pods in all namespaces of the owner, also on other clusters, must run with these IDs, and may read and change the files that belong to them. Running pods continue to run.',
      confirm: 'Use the IDs',
      failed: 'The IDs were not confirmed',
    },
    former: {
      title_one:
        'One namespace belongs to “{{name}}”, a former registration of this cluster',
      title_other:
        '{{count}} namespaces belong to “{{name}}”, a former registration of this cluster',
      description:
        'The registration was deleted {{deleted}}. Berth changes nothing in these namespaces until you take them over.',
      action: 'Take over…',
      confirmTitle_one: 'Take over one namespace?',
      confirmTitle_other: 'Take over {{count}} namespaces?',
      consequence:
        'Berth manages these namespaces from now on, and nothing that runs in them changes. Role bindings and quotas of the former registration that the portal does not want any more are deleted: groups without a share or grant lose their access.',
      namespaces: 'Namespaces: {{names}}',
      confirm: 'Take over',
      failed: 'The namespaces were not taken over',
    },
    rebuilt: {
      title: 'Another cluster answers at the address of {{cluster}}',
      description:
        'The UID of its namespace kube-system is {{uid}}, and was another one before. The cluster lost its data or was rebuilt, or the address leads to the wrong cluster. Berth changes nothing there until an admin decides.',
      confirm: 'It was rebuilt…',
      wrong: 'Wrong cluster: change the address',
      confirmTitle: 'Was {{cluster}} rebuilt?',
      consequence:
        'Berth accepts this cluster as {{cluster}} and creates the namespaces, role bindings and quotas of the portal on it: the groups get access there. Berth forgets the objects that it made on the former cluster.',
      action: 'It was rebuilt',
      failed: 'The cluster was not accepted',
    },
    held: {
      title_one: '1 deletion is held, of {{of}} objects that Berth made',
      title_other:
        '{{count}} deletions are held, of {{of}} objects that Berth made',
      why: 'Together they would delete most of the objects that Berth made on this cluster, which looks like a mistake. Check whether the shares are correct.',
      whyLeftovers:
        'They are left from before a restore of the cluster or of the portal’s database. Check whether groups lost a share or grant by the restore, and share again with them.',
      times:
        'Pending since {{since}}; Berth deletes them {{until}} without a confirmation.',
      action: 'Confirm deletions',
      confirmTitle_one: 'Delete 1 object now?',
      confirmTitle_other: 'Delete {{count}} objects now?',
      consequence:
        'The groups lose this access at once. Namespaces and everything in them stay.',
      otherwise:
        'If you do nothing, Berth deletes them {{until}}. To keep the access, share the cluster with the groups again before then.',
      confirm: 'Delete now',
      failed: 'The deletions were not confirmed',
    },
  },
} as const;
