export const settingsTexts = {
  settings: {
    title: 'Settings',
    save: 'Save settings',
    saved: 'Settings saved',
    discard: 'Discard changes',
    unchanged: 'Nothing has been changed.',
  },
  remove: {
    title: 'Remove this cluster',
    portal: 'The portal forgets the cluster and with whom it is shared.',
    cluster:
      'Nothing is deleted on the cluster: namespaces, RoleBindings and everything in them stay, and so does what the onboarding manifest made.',
    tokens:
      'Nobody gets a new token for it; tokens already issued work for at most 10 minutes.',
    id: 'Its id is never used again: registered anew, it needs the onboarding anew.',
    action: 'Remove cluster',
    confirmTitle: 'Remove {{name}}?',
    typeName: 'Type {{name}} to confirm',
    nameDiffers: 'Type the cluster’s name first.',
    confirm: 'Remove cluster',
    failed: 'The cluster was not removed',
    done: 'Cluster {{name}} removed',
  },
} as const;
