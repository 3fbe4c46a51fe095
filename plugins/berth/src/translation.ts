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
      staleDescription: '{{message}}. What you see is from {{when}}.',
      backToClusters: 'Back to the clusters',
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
    state: {
      Pending: 'Pending',
      Connected: 'Connected',
      Unreachable: 'Unreachable',
      Untrusted: 'Untrusted',
      Unauthorized: 'Unauthorized',
      Forbidden: 'Forbidden',
      since: 'since {{time}}',
      cause: '{{cause}}: {{message}}',
    },
    cause: {
      DNS: 'DNS',
      TCP: 'TCP',
      TLS: 'TLS',
      Timeout: 'Timeout',
      Protocol: 'Protocol',
      Unauthorized: '401',
      Forbidden: '403',
    },
    causeTitle: {
      DNS: 'The API server’s host name cannot be resolved',
      TCP: 'The API server cannot be connected to',
      TLS: 'The API server’s certificate is not trusted',
      Timeout: 'The API server does not answer in time',
      Protocol: 'What answers is not a Kubernetes API server',
      Unauthorized: 'The API server refuses the portal’s token',
      Forbidden: 'The portal’s rights on the cluster do not suffice',
    },
    shareState: {
      Pending: 'Pending',
      Ready: 'Ready',
      Failed: 'Failed',
    },
    connection: {
      oidc: 'OIDC, no stored credential',
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
      failedShares_one: 'One share failed: {{groups}}',
      failedShares_other: '{{count}} shares failed: {{groups}}',
      notShared: 'not shared',
      moreGroups: '+{{number}}',
      page: '{{from}}–{{to}} of {{total}}',
      noMatch: {
        title: 'No cluster matches',
        description_one: 'The one cluster that you can see does not match.',
        description_other:
          'None of the {{count}} clusters that you can see matches the search and filter.',
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
        groups: 'You are in these groups, and none of them has a cluster:',
        noGroups:
          'You are in no group of the catalog, and clusters are shared with groups.',
        next: 'Ask a platform admin of this portal to share a cluster with one of them.',
        nextNoGroups:
          'Ask your team’s owner to add you to its group in the catalog. It takes effect with your next visit.',
      },
    },
    addCluster: {
      title: 'Add cluster',
      description:
        'Say where the cluster’s API server is. Nothing is stored that could be used to enter it.',
      submit: 'Add cluster',
      forbiddenNext:
        'Ask one of them to register the cluster; you need its API server’s URL and CA.',
    },
    form: {
      kubeconfig: 'Paste a kubeconfig',
      kubeconfigHint:
        'Fills server and CA below. The credentials in it are thrown away here in your browser.',
      kubeconfigTaken: 'Server and CA of “{{cluster}}” taken over',
      kubeconfigDropped:
        'Everything else in the kubeconfig was thrown away and has not left your browser.',
      kubeconfigProblem: {
        notYaml: 'This is not YAML. Paste the whole file, as it is.',
        noCluster:
          'There is no cluster in it. Paste the output of: kubectl config view --raw --flatten',
        noServer:
          'Its cluster has no server. Fill in the fields below by hand.',
        caFile:
          'Its CA is in another file. Paste the output of: kubectl config view --raw --flatten',
        noCa: 'It holds no CA. Fill in the fields below by hand.',
      },
      name: 'Name',
      nameRule:
        'Lowercase letters and digits; kubectl’s context is called so. It cannot be changed later.',
      cleanedName: 'It will be called {{name}}.',
      title: 'Title',
      titleHint: 'For people, such as “Production, Frankfurt”.',
      apiServer: 'API server',
      apiServerHint: 'As both the portal and your people’s computers reach it.',
      ca: 'CA certificate',
      caHint:
        'PEM of the CA that signed the API server’s certificate; “certificate-authority-data” of a kubeconfig works too.',
      caFile: 'Choose a file',
      advanced: 'Advanced',
      advancedHint: 'Prefixes that the API server puts before names',
      usernamePrefix: 'User name prefix',
      usernamePrefixHint:
        'What --oidc-username-prefix says. Empty for most clusters.',
      groupsPrefix: 'Groups prefix',
      groupsPrefixHint:
        'What --oidc-groups-prefix says. Empty for most clusters.',
      error: {
        nameEmpty: 'Give at least one letter from a to z or digit.',
        nameTaken: 'There is a cluster of this name already. Choose another.',
        titleTooLong: 'At most 200 characters.',
        apiServerEmpty: 'Give the URL of the API server.',
        apiServerHttps: 'It must begin with https://',
        apiServerUserinfo: 'It must not hold a user name or password.',
        apiServerQuery: 'It must not have a query or fragment (? or #).',
        apiServerHost:
          'It must name a host and at most a port, such as https://10.0.0.1:6443',
        caEmpty: 'Give the CA certificate.',
        caPrivateKey:
          'This holds a private key. Take it out: only certificates belong here. It has not left your browser.',
        caNotPem:
          'This is neither PEM nor base64 of PEM. It must hold complete -----BEGIN CERTIFICATE----- blocks.',
        caTooLarge: 'At most 64 KiB.',
        prefixTooLong: 'At most 64 characters.',
        prefixCharacters: 'Only printable ASCII characters without spaces.',
        prefixSystem:
          'It must not begin with system:, which is Kubernetes’ own.',
        prefixHyphen:
          'Leave it empty if nothing is put before names; “-” is only how the flag says so.',
      },
    },
    cluster: {
      tab: {
        overview: 'Overview',
        access: 'Access',
        onboarding: 'Onboarding',
        settings: 'Settings',
      },
      adminOnly: {
        title: 'Only platform admins can see this',
        next: 'Overview and Access show what concerns you.',
      },
      state: {
        title: 'State',
        pending:
          'The first check has not finished yet. It takes a few seconds.',
        state: 'State',
        since: 'Since',
        checked: 'Checked',
        lastSeen: 'Last seen',
        open: {
          onboarding: 'Open Onboarding',
          settings: 'Open Settings',
        },
      },
      capacity: {
        title: 'Capacity',
        old: 'These are the figures of {{when}}, when the cluster was last seen.',
        unknown: 'unknown',
      },
      identity: {
        title: 'Identity',
        id: 'Id (token audience)',
        apiServer: 'API server',
        connection: 'Connection',
        created: 'Registered',
      },
    },
    access: {
      title: 'Shared with',
      onlyYours: 'You see the shares of your own groups.',
      empty:
        'Not shared with any group yet. Only platform admins can enter this cluster.',
      pending: 'Namespace and RoleBinding are being made.',
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
        search: 'Search the catalog',
        searchFailed: 'Could not search the catalog',
        already: 'has it already',
        kubernetesName: 'Kubernetes name',
        kubernetesNameHint:
          '“{{group}}” cannot serve as a name on clusters. Give lowercase letters, digits and hyphens; it stays for good.',
        action: 'Share cluster',
        chooseFirst: 'Choose a group first.',
        failed: 'The cluster was not shared',
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
    onboarding: {
      done: {
        title: 'This cluster trusts the portal',
        description:
          'The steps below are done. They are needed again only if the API server is set up anew.',
      },
      trust: {
        title: '1. Let the API server trust the portal',
        description:
          'Start kube-apiserver with these flags. The client id is this cluster’s own, so that no other cluster’s tokens work here.',
        hint: 'If the portal’s certificate is signed by a CA of your own, add --oidc-ca-file with that CA.',
        failed: 'The portal’s issuer URL could not be read',
      },
      manifest: {
        title: '2. Apply the manifest',
        description:
          'As an admin of the cluster, apply it once. It gives the portal the few rights that it needs to make namespaces and RoleBindings, and nothing else.',
        command: 'Command',
        failed: 'The manifest could not be read',
      },
      check: {
        title: '3. Check',
        description:
          'The portal looks again and again by itself; a change shows here shortly.',
        action: 'Check now',
        failed: 'The cluster could not be checked',
        checked: 'checked {{when}}',
      },
    },
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
    kubeconfig: {
      button: 'Kubeconfig',
      open: 'Kubeconfig for {{cluster}}',
      title: 'Kubeconfig for {{cluster}}',
      accessUnknown: 'It is not known yet what you may enter.',
      noAccess: 'None of your groups has access to this cluster.',
      minting: 'Asking for a token of your own…',
      failed: 'No token could be had',
      secret:
        'This file holds a short-lived personal token: whoever has it is you on this cluster until then. Do not share it.',
      validUntil: 'Valid until {{time}}',
      remaining: '{{time}} left, of at most 10 minutes',
      expired: 'Expired at {{time}}',
      expiredNext: 'The token in this file no longer works. Get a new one.',
      renew: 'Get a new one',
      hidden: '… (hidden here; Copy and Download hold it)',
      namespace: 'Namespace to work in',
      inNamespace: 'kubectl works in the namespace {{namespace}}.',
      noNamespace:
        'None of your groups has a namespace here, so kubectl works in “default” unless you say -n.',
      notReady:
        'The namespace {{namespace}} is not ready yet; see the Access tab.',
      use: 'Then: kubectl --kubeconfig {{file}} get pods',
      close: 'Close',
    },
  },
});
