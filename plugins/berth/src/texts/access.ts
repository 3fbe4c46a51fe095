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
