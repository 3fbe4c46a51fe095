export const accessTexts = {
  access: {
    title: 'Shared with',
    onlyYours: 'You see the shares of your groups only.',
    tokenSize: {
      title: 'Tokens of people in many groups are large',
      description:
        'The token of a person who is in all {{count}} groups is about {{kilobytes}} KB. kubectl works with it, but proxies often refuse headers above 8 KB, and then the Kubernetes tab does not show this cluster to that person.',
    },
    empty:
      'The cluster is not shared with any group yet. Only platform admins have access.',
    pending: 'Creating the namespace and the RoleBinding.',
    nextTry: 'Next try {{when}}',
    column: {
      group: 'Group',
      kubernetesName: 'Kubernetes group',
      namespace: 'Namespace',
      state: 'State',
      actions: 'Stop sharing',
    },
    add: {
      title: 'Share with a group',
      description:
        'The group gets a namespace on the cluster, and its members are admin there with their next token.',
      group: 'Group',
      kubernetesName: 'Kubernetes name',
      kubernetesNameHint:
        '“{{group}}” is not a valid name on clusters. Enter lowercase letters, digits and hyphens. The name cannot be changed later.',
      action: 'Share cluster',
      chooseFirst: 'Choose a group first.',
      failed: 'The cluster was not shared',
      takeOver:
        'Give this group the namespaces and role bindings of the former group of the same name. Choose this if the catalog was emptied and came back, and not if a new team took an old name.',
    },
    former: {
      title_one:
        'One group was deleted and created again in the catalog since it got access',
      title_other:
        '{{count}} groups were deleted and created again in the catalog since they got access',
      description:
        'Their members get no access by these shares, as new groups of the same names may be other people. If the catalog was emptied and came back, take them over.',
      action_one: 'Take over the group…',
      action_other: 'Take over {{count}} groups…',
      confirmTitle_one: 'Give the group the access of its predecessor?',
      confirmTitle_other:
        'Give {{count}} groups the access of their predecessors?',
      consequence:
        'The members of these groups get the namespaces and role bindings that the former groups of the same names had, on all clusters. Do not do this if another team took over an old name.',
      more_one: '{{names}} and one more',
      more_other: '{{names}} and {{count}} more',
      confirm: 'Take over',
      failed: 'The groups were not taken over',
    },
    remove: {
      label: 'Stop sharing with {{group}}',
      title: 'Stop sharing {{cluster}} with {{group}}?',
      binding:
        'Berth deletes the RoleBinding. The namespace {{namespace}} and everything in it stays.',
      tokens: 'Tokens already issued work for at most 10 minutes.',
      confirm: 'Stop sharing',
      failed: 'The cluster is still shared',
    },
  },
} as const;
