import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * Every text that Berth's pages show.
 *
 * @public
 */
export const berthTranslationRef = createTranslationRef({
  id: 'berth',
  messages: {
    plugin: { title: 'Kubernetes' },
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
      staleTitle: 'Could not refresh',
      staleDescription: '{{message}} What you see was true {{when}}.',
      backToClusters: 'Back to the clusters',
    },
    problem: {
      forbidden: {
        title: 'You may not see this',
        next: 'Ask a platform admin of this portal to give one of your groups access.',
      },
      notFound: {
        title: 'There is nothing here',
        next: 'It may have been removed, or it is not shared with any of your groups.',
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
        title: 'The backend refused the request',
        next: 'Change what the message names and try again.',
      },
      conflict: {
        title: 'This is in conflict with something that exists',
        next: 'Reload to see how things are now.',
      },
    },
    state: {
      Pending: 'Pending',
      Connected: 'Connected',
      Unreachable: 'Unreachable',
      Untrusted: 'Untrusted',
      Unauthorized: 'Unauthorized',
      Forbidden: 'Forbidden',
      since: 'since {{time}}',
      pendingMessage: 'Not checked yet',
      cause: '{{cause}}: {{message}}',
    },
    shareState: {
      Pending: 'Pending',
      Ready: 'Ready',
      Failed: 'Failed',
    },
    clusters: {
      title: 'Clusters',
      add: 'Add cluster',
      addForbidden: 'Only platform admins can add clusters.',
      addUnknown: 'It is not known yet whether you are a platform admin.',
      search: 'Search by name or title',
      stateFilter: 'State',
      stateAll: 'All states',
      stateProblem: 'Problems',
      table: 'Clusters',
      column: {
        name: 'Cluster',
        state: 'State',
        version: 'Version',
        nodes: 'Nodes',
        cpu: 'CPU',
        memory: 'Memory',
        gpus: 'GPUs',
        capacity: 'Capacity',
        groups: 'Groups',
        lastSeen: 'Last seen',
        actions: 'Kubeconfig',
      },
      nodes_one: '{{count}} node',
      nodes_other: '{{count}} nodes',
      gpus_one: '{{count}} GPU',
      gpus_other: '{{count}} GPUs',
      noGpus: 'none',
      notShared: 'not shared',
      moreGroups: '+{{count}}',
      page: '{{from}}–{{to}} of {{total}}',
      noMatch: {
        title: 'No cluster matches',
        description:
          'None of the {{total}} clusters matches the search and filter.',
        clear: 'Clear search and filter',
      },
      emptyAdmin: {
        title: 'No clusters yet',
        description:
          'Register a Kubernetes cluster, let it trust this portal, and share it with groups. Members then get in with kubectl by 10-minute tokens of their own.',
        action: 'Add the first cluster',
      },
      emptyMember: {
        title: 'No cluster is shared with you yet',
        groups: 'You are in these groups; none of them has a cluster:',
        noGroups:
          'You are in no group of the catalog, and clusters are shared with groups.',
        next: 'Ask a platform admin of this portal to share a cluster with one of your groups.',
        nextNoGroups:
          'Ask your team’s owner to add you to its group in the catalog; it takes effect at once.',
      },
    },
  },
});
