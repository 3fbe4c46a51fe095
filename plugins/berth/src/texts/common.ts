export const commonTexts = {
  common: {
    unknown: 'unknown',
    lastKnown: 'last {{value}}',
    lastKnownHint: 'Last known {{when}}',
    justNow: 'just now',
    never: 'never',
    readOnly: 'Only platform admins can change this.',
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
    discardQuestion: 'Leave without saving? What you entered will be lost.',
    backToClusters: 'Back to the clusters',
  },
  notFound: {
    title: 'Page not found',
    description: 'This address leads to no page of Berth',
    next: 'Check the address, or choose a tab above.',
  },
  pageTitle: {
    namespace: '{{namespace}} on {{cluster}}',
  },
  memberAccess: {
    yours: 'You are {{role}} through {{group}}.',
    allMembers: 'People who get in: {{names}}.',
    members: 'People who get in: {{names}} and {{rest}} more.',
    share:
      '{{group}} gets the namespace {{namespace}} on {{cluster}}, with the role admin in it.',
    none: 'No person is in these groups, so nobody gets in.',
    failed: 'Could not load the members of the groups.',
  },
  clusterFilter: {
    label: 'Cluster',
    all: 'All clusters',
  },
  problem: {
    forbidden: {
      title: 'You do not have permission',
      next: 'Ask a platform admin of this portal to give one of your groups access.',
    },
    notFound: {
      title: 'Not found, or no access',
      next: 'It may have been removed, or it is not shared with any of your groups. Ask a platform admin if you expected it here.',
    },
    unreachable: {
      title: 'The portal’s backend does not answer',
      next: 'Clusters and kubectl are not affected. Check your connection and try again. If it keeps failing, contact your platform admins.',
    },
    unavailable: {
      title: 'Not available right now',
      next: 'Try again. If it keeps failing, send this message to your platform admins.',
    },
    failed: {
      title: 'Something went wrong',
      next: 'Try again. If it keeps failing, send this message to your platform admins.',
    },
    invalid: {
      title: 'The request is not valid',
      next: 'Change what the message names, then try again.',
    },
    conflict: {
      title: 'This conflicts with something that exists',
      next: 'Change what the message names, then try again.',
    },
  },
} as const;
