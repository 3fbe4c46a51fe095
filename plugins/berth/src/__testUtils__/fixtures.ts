import { AccessSummary, Cluster, Share } from '@berth/plugin-berth-common';

const MINUTE = 60_000;

/** Returns the ISO 8601 time of so many minutes ago. */
export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * MINUTE).toISOString();
}

export const CA_PEM = `-----BEGIN CERTIFICATE-----
MIIBcTCCARagAwIBAgIBATAKBggqhkjOPQQDAjA3MRgwFgYDVQQKEw9IYXJib3Vy
IEV4YW1wbGUxGzAZBgNVBAMTEkhhcmJvdXIgY2x1c3RlciBDQTAeFw0yNjAxMDEw
MDAwMDBaFw00NjAxMDEwMDAwMDBaMDcxGDAWBgNVBAoTD0hhcmJvdXIgRXhhbXBs
ZTEbMBkGA1UEAxMSSGFyYm91ciBjbHVzdGVyIENBMFkwEwYHKoZIzj0CAQYIKoZI
zj0DAQcDQgAElSq99klaWSTkeLHLCQci9jspafeHrBDdmsjXyCP19cYc4pxDBzBT
dcbzzpbQxEUaiqCW5/LSjUBV//Ymv8XeUaMTMBEwDwYDVR0TAQH/BAUwAwEB/zAK
BggqhkjOPQQDAgNJADBGAiEA2qMu5JNxvBcYWrnhqiz/IX0nV6dlNwPhg6OQ2iGu
69MCIQDFYMuXSYhZSTXfD8J4lvuKFBfBMnC1w5dS1gUbisli+w==
-----END CERTIFICATE-----
`;

export const EXPIRED_CA_PEM = `-----BEGIN CERTIFICATE-----
MIIBIzCByqADAgECAgEBMAoGCCqGSM49BAMCMBExDzANBgNVBAMTBm9sZC1jYTAe
Fw0yMDAxMDEwMDAwMDBaFw0yMTAxMDEwMDAwMDBaMBExDzANBgNVBAMTBm9sZC1j
YTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN8a6jh3TftK03U7xLdhKMmklSjG
aMmTihz9NeBtxzGnepQE8rYCUUx3nCC5lMfIDAZI3EXMTS0lilhHsF+KRqejEzAR
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgCR7ajBnorCpmuG1q
1X4TerB0fAk2zUgQ4x156tfiOEQCIQD0itbfTQFg8CdpYjLbMtxol9n+9SqZ3L/x
SVVumXypjQ==
-----END CERTIFICATE-----
`;

export const ADMIN: AccessSummary = {
  user: 'user:default/ada',
  username: 'user:ada',
  admin: true,
  auditor: false,
  terminal: false,
  helm: true,
  groups: ['group:default/platform'],
};

export const MEMBER: AccessSummary = {
  user: 'user:default/alice',
  username: 'user:alice',
  admin: false,
  auditor: false,
  terminal: false,
  helm: true,
  groups: ['group:default/engineering', 'group:default/team-a'],
};

export const AUDITOR: AccessSummary = {
  user: 'user:default/iris',
  username: 'user:iris',
  admin: false,
  auditor: true,
  terminal: false,
  helm: true,
  groups: ['group:default/audit'],
};

export const LONER: AccessSummary = {
  user: 'user:default/lone',
  username: 'user:lone',
  admin: false,
  auditor: false,
  terminal: false,
  helm: true,
  groups: [],
};

/** A ready share with the Kubernetes name of its group. */
export function aShare(name: string, changes: Partial<Share> = {}): Share {
  return {
    group: `group:default/${name}`,
    kubernetesName: name,
    namespace: name,
    state: 'Ready',
    since: minutesAgo(90),
    ...changes,
  };
}

/** A connected cluster. */
export function aCluster(
  name: string,
  changes: Partial<Omit<Cluster, 'status'>> & {
    status?: Partial<Cluster['status']>;
  } = {},
): Cluster {
  const { status, ...rest } = changes;
  return {
    id: `01K9ZB4N7Q2M8R${name.toUpperCase().padEnd(12, '0').slice(0, 12)}`,
    name,
    apiServer: `https://${name}.example.com:6443`,
    caData: btoa(CA_PEM),
    connection: 'oidc',
    kubectlVia: 'direct',
    usernamePrefix: '',
    groupsPrefix: '',
    owner: 'api',
    etag: '"1"',
    shares: [],
    createdAt: minutesAgo(60 * 24 * 40),
    ...rest,
    status: {
      state: 'Connected',
      since: minutesAgo(300),
      checkedAt: minutesAgo(0.5),
      lastSeenAt: minutesAgo(0.5),
      version: 'v1.33.1',
      nodes: 5,
      cpu: '40',
      memory: '160Gi',
      gpus: 0,
      ...status,
    },
  };
}

/** One cluster in every state. */
export function fleet(): Cluster[] {
  const unseen = {
    version: undefined,
    nodes: undefined,
    cpu: undefined,
    memory: undefined,
    gpus: undefined,
    lastSeenAt: undefined,
  };
  return [
    aCluster('prod01', {
      title: 'Production, Frankfurt',
      shares: [
        aShare('team-a'),
        aShare('team-b'),
        aShare('payments'),
        aShare('search', { state: 'Pending', since: minutesAgo(0.1) }),
        aShare('ml-platform', {
          state: 'Failed',
          cause: 'Terminating',
          message:
            'The namespace ml-platform is being deleted on the cluster. Wait until it is gone, or remove its finalizers; Berth continues automatically.',
          since: minutesAgo(12),
        }),
      ],
    }),
    aCluster('staging', {
      title: 'Staging',
      shares: [aShare('team-a')],
      status: {
        version: 'v1.34.0+k3s1',
        nodes: 3,
        cpu: '7500m',
        memory: '24Gi',
      },
    }),
    aCluster('gpu01', {
      title: 'GPU training',
      owner: 'config',
      labels: { stage: 'production', region: 'eu-central-1' },
      links: [{ title: 'Console', url: 'https://console.example.com/gpu01' }],
      nodePlacement: {
        tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
      },
      connection: 'serviceAccount',
      credential: {
        state: 'RenewalFailed',
        expiresAt: new Date(Date.now() + 90 * MINUTE).toISOString(),
        message:
          'The cluster refuses to renew it (403). Apply the service account’s part of the manifest.',
      },
      shares: [aShare('engineering'), aShare('ml-platform')],
      status: {
        nodes: 12,
        cpu: '768',
        memory: '6Ti',
        pods: 1320,
        gpus: 96,
        advertisedGpus: 384,
      },
    }),
    aCluster('edge17', {
      title: 'Edge, Hamburg harbour terminal 17',
      shares: [aShare('team-b')],
      status: {
        state: 'Untrusted',
        cause: 'TLS',
        message:
          'certificate signed by another CA. Put the CA that signed the API server’s certificate into the cluster’s settings.',
        since: minutesAgo(25),
        lastSeenAt: minutesAgo(25),
      },
    }),
    aCluster('lab', {
      status: {
        ...unseen,
        state: 'Unreachable',
        cause: 'DNS',
        message:
          'lab.example.com has no address. Check the spelling of the API server’s URL and the portal’s DNS.',
        since: minutesAgo(60 * 30),
      },
    }),
    aCluster('dr', {
      title: 'Disaster recovery',
      shares: [aShare('payments')],
      status: {
        state: 'Unreachable',
        cause: 'Timeout',
        message:
          'No answer within 10 s. Check firewalls between the portal and the API server.',
        since: minutesAgo(200),
        lastSeenAt: minutesAgo(200),
        nodes: 4,
      },
    }),
    aCluster('rke', {
      status: {
        ...unseen,
        state: 'Unauthorized',
        cause: 'Unauthorized',
        message:
          'The API server does not accept the portal’s token. Set its OIDC flags as the Onboarding tab shows.',
        since: minutesAgo(3),
      },
    }),
    aCluster('eks', {
      title: 'EKS, Ireland',
      shares: [aShare('team-a', { state: 'Pending', since: minutesAgo(1) })],
      status: {
        ...unseen,
        state: 'Forbidden',
        cause: 'Forbidden',
        message:
          'The portal may not list nodes. Apply the manifest of the Onboarding tab.',
        version: 'v1.32.9-eks-113cf36',
        lastSeenAt: undefined,
      },
    }),
    aCluster('fresh', {
      status: {
        ...unseen,
        state: 'Pending',
        since: undefined,
        checkedAt: undefined,
      },
    }),
    aCluster('averylongclusternamethatsomebodyreallychosebecausetheycouldxyz', {
      title:
        'A title that goes on and on because its author did not know when to stop writing it',
      shares: [
        aShare('a-group-with-an-extraordinarily-long-name-in-the-catalog'),
      ],
    }),
  ];
}
