export const settingsTexts = {
  settings: {
    title: 'Settings',
    save: 'Save settings',
    saved: 'Settings saved',
    failed: 'The settings were not saved',
    discard: 'Discard changes',
    unchanged: 'Nothing has been changed.',
    configOwned: {
      title: 'These settings are in the portal’s configuration',
      description:
        'Change them under berth.clusters, at the entry {{name}} of app-config.yaml. A change there is taken over without a restart.',
    },
    conflict: {
      title: 'Somebody else has changed the settings meanwhile',
      description:
        'Nothing is lost: what you typed is still in the form, and the fields that you left alone show what was saved. Look at them, then save again.',
      change: '{{field}}: from {{before}} to {{theirs}}.',
      mine: 'You typed {{mine}}.',
      nothing: 'nothing',
    },
  },
  remove: {
    title: 'Remove this cluster',
    portal: 'The portal forgets the cluster and with whom it is shared.',
    cluster:
      'Namespaces and everything in them stay on the cluster, and so does what the onboarding manifest made.',
    tokens:
      'Nobody gets a new token for it; tokens already issued work for at most 10 minutes.',
    id: 'Its id is never used again: registered anew, it needs the onboarding anew.',
    action: 'Remove cluster',
    confirmTitle: 'Remove {{name}}?',
    typeName: 'Type {{name}} to confirm',
    nameDiffers: 'Type the cluster’s name first.',
    confirm: 'Remove cluster',
    confirmCleanUp: 'Clean up and remove cluster',
    configOwned:
      'The portal’s configuration owns this cluster. Remove it there, under berth.clusters.',
    leftovers: {
      none: 'Berth has made nothing on the cluster that would stay there.',
      failed: 'What stays on the cluster could not be read',
      cleanUp_one:
        'First delete the one object that Berth made and nobody needs without it',
      cleanUp_other:
        'First delete the {{count}} objects that Berth made and nobody needs without it',
      removable: 'Objects that the clean-up deletes',
      kept_one: 'This stays in any case, with everything in it:',
      kept_other: 'These {{count}} stay in any case, with everything in them:',
      keptList: 'Objects that stay',
      unreachable:
        'The cluster does not answer, so nothing can be cleaned up on it',
    },
    failed: 'The cluster was not removed',
    done: 'Cluster {{name}} removed',
  },
} as const;
