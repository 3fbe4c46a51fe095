/** Those who create pods from templates, and an admin of the cluster. */
export const CREATORS = [
  ...['replicaset', 'statefulset', 'daemon-set', 'job'].map(name => ({
    username: `system:serviceaccount:kube-system:${name}-controller`,
    groups: ['system:serviceaccounts'],
  })),
  { username: 'root', groups: ['system:masters'] },
];

/** Fields of a pod's spec. */
export type PodSpec = Record<string, unknown> & {
  containers?: { name: string; [field: string]: unknown }[];
};

/** A namespace with labels and annotations, without their domain: `identity` is the label `berth.dev/identity`. */
export function namespaceWith(
  labels: Record<string, string>,
  annotations: Record<string, string>,
  name = 'team-a',
) {
  const withDomain = (fields: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [`berth.dev/${key}`, value]),
    );
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        'kubernetes.io/metadata.name': name,
        ...withDomain(labels),
      },
      ...(Object.keys(annotations).length > 0 && {
        annotations: withDomain(annotations),
      }),
    },
  };
}

/** A pod as the API server has it before policies see it. */
export function podOf(spec: PodSpec, namespace = 'team-a') {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace },
    spec: {
      containers: [{ name: 'web', image: 'web' }],
      securityContext: {},
      ...spec,
    },
  };
}
