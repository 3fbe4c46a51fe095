export const statesTexts = {
  state: {
    Pending: 'Pending',
    Connected: 'Connected',
    Unreachable: 'Unreachable',
    Untrusted: 'Untrusted',
    Unauthorized: 'Unauthorized',
    Forbidden: 'Forbidden',
    settingUp: 'Setting up',
    since: 'for {{time}}',
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
    AnotherCluster: 'another cluster',
  },
  causeTitle: {
    DNS: 'Cannot resolve the host name of the API server',
    TCP: 'Cannot connect to the API server',
    TLS: 'The certificate of the API server is not trusted',
    Timeout: 'The API server does not answer in time',
    Protocol: 'The address does not answer like a Kubernetes API server',
    Unauthorized: 'The API server refuses the portal’s token',
    Forbidden: 'The portal lacks rights on the cluster',
    AnotherCluster: 'Another cluster answers at this address',
  },
  clusterBanner: {
    title: {
      Unreachable: 'The portal cannot reach {{cluster}}',
      Untrusted: 'The portal does not trust {{cluster}}',
      Unauthorized: '{{cluster}} does not accept the portal’s token',
      Forbidden: 'The portal lacks rights on {{cluster}}',
    },
    since: 'For {{when}}.',
    consequence:
      'What this page shows of the cluster is the last known state. Changes reach the cluster when it is connected again.',
    share:
      'You can share it now. The group gets its namespace when the cluster is connected again.',
    kubeconfig:
      'You can still get a kubeconfig, but kubectl may fail in the same way.',
    forMembers: 'Platform admins see the cause and how to fix it.',
    open: 'Open cluster',
    more_one: 'One more cluster is not connected',
    more_other: '{{count}} more clusters are not connected',
    showAll: 'Show them',
  },
  lastKnown: '{{status}}, last known',
  shareState: {
    Pending: 'Pending',
    Ready: 'Ready',
    Failed: 'Failed',
  },
  connection: {
    oidc: 'OIDC, no stored credential',
    serviceAccount: 'Service account, renewed automatically',
  },
} as const;
