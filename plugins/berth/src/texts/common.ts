export const commonTexts = {
  common: {
    unknown: 'unknown',
    lastKnown: 'last {{value}}',
    lastKnownHint: 'Last known {{when}}',
    justNow: 'just now',
    never: 'never',
    retry: 'Try again',
    cancel: 'Cancel',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'Could not copy',
    download: 'Download',
    refresh: 'Refresh',
    updated: 'Updated {{when}}',
    loading: 'Loading',
    show: 'Show',
    hide: 'Hide',
    showStep: 'Show the step “{{title}}”',
    hideStep: 'Hide the step “{{title}}”',
    stepState: {
      done: 'done',
      current: 'current step',
      upcoming: 'comes later',
    },
    staleTitle: 'Could not refresh',
    staleDescription: '{{message}}. What you see is from {{when}}.',
    backToClusters: 'Back to the clusters',
  },
  clusterFilter: {
    label: 'Cluster',
    all: 'All clusters',
  },
  problem: {
    forbidden: {
      title: 'You may not see or do this',
      next: 'Ask a platform admin of this portal to give one of your groups access.',
    },
    notFound: {
      title: 'There is nothing here for you',
      next: 'It may have been removed, or it is not shared with any of your groups. Ask a platform admin if you expected it here.',
    },
    unreachable: {
      title: 'The portal’s backend does not answer',
      next: 'Clusters and kubectl are not affected. Check your connection and try again; if it lasts, tell your platform admins.',
    },
    failed: {
      title: 'That did not work',
      next: 'Try again; if it lasts, tell your platform admins what the message says.',
    },
    invalid: {
      title: 'The backend refused this',
      next: 'Change what the message names and try again.',
    },
    conflict: {
      title: 'This is in conflict with something that exists',
      next: 'Change what the message names and try again.',
    },
  },
} as const;
