export const statesTexts = {
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
    serviceAccount: 'Service account, renewed by itself',
  },
} as const;
