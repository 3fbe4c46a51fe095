export const settingsTexts = {
  settings: {
    title: 'Settings',
    save: 'Save settings',
    saved: 'Settings saved',
    failed: 'The settings were not saved',
    discard: 'Discard changes',
    unchanged: 'There are no changes.',
    configOwned: {
      title: 'These settings are in the portal’s configuration',
      description:
        'Change them under berth.clusters, at the entry {{name}} of app-config.yaml. A change there takes effect without a restart.',
    },
    conflict: {
      title: 'Someone else changed these settings',
      description:
        'Your input is still in the form. The fields that you did not change show what was saved. Review them, then save again.',
      change: '{{field}}: from {{before}} to {{theirs}}.',
      mine: 'You typed {{mine}}.',
      nothing: 'nothing',
    },
  },
  remove: {
    title: 'Remove this cluster',
    portal: 'The portal removes the cluster and its shares.',
    cluster:
      'Namespaces and everything in them stay on the cluster, and so do the objects of the onboarding manifest.',
    tokens:
      'The portal issues no new tokens for it. Issued tokens work for at most 10 minutes.',
    id: 'Its id is never used again. If you register the cluster again, it needs onboarding again.',
    action: 'Remove cluster',
    confirmTitle: 'Remove {{name}}?',
    typeName: 'Type {{name}} to confirm',
    nameDiffers: 'Type the name of the cluster first.',
    confirm: 'Remove cluster',
    confirmCleanUp: 'Clean up and remove cluster',
    configOwned:
      'The portal’s configuration owns this cluster. Remove it there, under berth.clusters.',
    leftovers: {
      none: 'Berth created nothing on the cluster that would stay there.',
      failed: 'Could not check what will remain on the cluster',
      cleanUp_one:
        'First delete the one object that Berth created and that only Berth needs',
      cleanUp_other:
        'First delete the {{count}} objects that Berth created and that only Berth needs',
      removable: 'Objects that the clean-up deletes',
      kept_one: 'This stays in any case, with everything in it:',
      kept_other: 'These {{count}} stay in any case, with everything in them:',
      keptList: 'Objects that stay',
      unreachable:
        'The cluster does not answer, so Berth cannot delete anything on it',
    },
    failed: 'The cluster was not removed',
    done: 'Cluster {{name}} removed',
  },
} as const;
