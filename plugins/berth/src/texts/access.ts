export const accessTexts = {
  access: {
    title: 'Shared with',
    onlyYours: 'You see the shares of your own groups.',
    tokenSize: {
      title: 'Tokens of people in many groups are large',
      description:
        'The token of a person who is in all {{count}} groups is about {{kilobytes}} KB. kubectl works with it, but proxies often refuse headers above 8 KB, and then the Kubernetes tab does not show this cluster to that person.',
    },
    empty:
      'Not shared with any group yet. Only platform admins can enter this cluster.',
    pending: 'Namespace and RoleBinding are being made.',
    nextTry: 'Next try {{when}}',
    column: {
      group: 'Group',
      kubernetesName: 'Kubernetes group',
      namespace: 'Namespace',
      state: 'State',
      actions: 'Remove',
    },
    add: {
      title: 'Share with a group',
      description:
        'The group gets a namespace of its own on the cluster and the role admin in it. Members get in with their next token.',
      group: 'Group',
      kubernetesName: 'Kubernetes name',
      kubernetesNameHint:
        '“{{group}}” cannot serve as a name on clusters. Give lowercase letters, digits and hyphens; it stays for good.',
      action: 'Share cluster',
      chooseFirst: 'Choose a group first.',
      failed: 'The cluster was not shared',
      takeOver:
        'Give the groups named above the namespaces and role bindings of the former groups of the same names. Choose this if the catalog was emptied and came back, and not if a new team took an old name.',
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
      label: 'Remove {{group}}',
      title: 'Remove {{group}}?',
      binding:
        'The RoleBinding is deleted; the namespace {{namespace}} and everything in it stays.',
      tokens: 'Tokens already issued work for at most 10 minutes.',
      confirm: 'Remove share',
      failed: 'The share was not removed',
    },
  },
} as const;
