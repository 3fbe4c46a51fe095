/** The texts of pods, as an API server writes them. */
export interface PodTexts {
  /** Returns the body for a path, with `table=1` for a Table. */
  answer(url: URL): string;
}

const COLUMNS = [
  ['Name', 0],
  ['Ready', 0],
  ['Status', 0],
  ['Restarts', 0],
  ['Age', 0],
  ['IP', 1],
  ['Node', 1],
  ['Nominated Node', 1],
  ['Readiness Gates', 1],
].map(([name, priority]) => ({
  name,
  type: 'string',
  format: name === 'Name' ? 'name' : '',
  description: 'd'.repeat(120),
  priority,
}));

/** Makes pods of about 9.5 kB, of which 4.5 kB are managed fields, like those of a Deployment on a real cluster. */
export function podTexts(count: number, namespaces: number): PodTexts {
  const pods = Array.from({ length: count }, (_, index) =>
    podOf(index, namespaces),
  );
  return {
    answer({ pathname, searchParams }) {
      const namespace = /namespaces\/([^/]+)\//.exec(pathname)?.[1];
      const chosen =
        namespace === undefined
          ? pods
          : pods.filter(pod => pod.namespace === namespace);
      const start = Number(searchParams.get('continue') ?? 0);
      const any = searchParams.get('resourceVersion') === '0';
      const limit =
        (!any && Number(searchParams.get('limit'))) || chosen.length;
      const page = chosen.slice(start, start + limit);
      const metadata = JSON.stringify({
        resourceVersion: '1',
        ...(start + limit < chosen.length && {
          continue: String(start + limit),
        }),
      });
      if (!searchParams.has('table')) {
        return `{"kind":"PodList","apiVersion":"v1","metadata":${metadata},"items":[${page
          .map(({ object }) => object)
          .join()}]}`;
      }
      const none = searchParams.get('includeObject') === 'None';
      return `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${metadata},"columnDefinitions":${JSON.stringify(
        COLUMNS,
      )},"rows":[${page
        .map(
          ({ cells, meta }) =>
            `{"cells":${cells},"object":${
              none
                ? 'null'
                : `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":${meta}}`
            }}`,
        )
        .join()}]}`;
    },
  };
}

function podOf(index: number, namespaces: number) {
  const name = `checkout-service-7d9f8b6c5d-${index
    .toString(36)
    .padStart(5, '0')}`;
  const namespace = `team-${index % namespaces}`;
  const metadata = {
    name,
    generateName: 'checkout-service-7d9f8b6c5d-',
    namespace,
    uid: `7f0c1e52-7d0a-4c1c-9a7e-${index.toString().padStart(12, '0')}`,
    resourceVersion: String(100_000 + index),
    creationTimestamp: '2026-11-20T10:00:00Z',
    labels: {
      'app.kubernetes.io/name': 'checkout-service',
      'app.kubernetes.io/part-of': 'shop',
      'pod-template-hash': '7d9f8b6c5d',
    },
    annotations: { 'prometheus.io/scrape': 'true' },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: 'checkout-service-7d9f8b6c5d',
        uid: '0f0c1e52-7d0a-4c1c-9a7e-000000000000',
        controller: true,
      },
    ],
    managedFields: ['kube-controller-manager', 'kubelet'].map(manager => ({
      manager,
      operation: 'Update',
      apiVersion: 'v1',
      time: '2026-11-20T10:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:spec': Object.fromEntries(
          Array.from({ length: 48 }, (_, field) => [
            `k:{"name":"SETTING_${field}"}`,
            { '.': {}, 'f:name': {} },
          ]),
        ),
      },
    })),
  };
  const container = (of: string) => ({
    name: of,
    image: `registry.example.com/shop/${of}:1.42.0`,
    env: Array.from({ length: 12 }, (_, field) => ({
      name: `SETTING_${field}`,
      value: `value-${field}-${'x'.repeat(20)}`,
    })),
    resources: {
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { memory: '256Mi' },
    },
    terminationMessagePath: '/dev/termination-log',
    imagePullPolicy: 'IfNotPresent',
  });
  const cells = [
    name,
    '2/2',
    'Running',
    String(index % 4),
    '9d',
    `10.0.${index % 250}.${(index * 7) % 250}`,
    `node-${index % 40}`,
    '<none>',
    '<none>',
  ];
  return {
    namespace,
    cells: JSON.stringify(cells),
    meta: JSON.stringify(metadata),
    object: JSON.stringify({
      metadata,
      spec: {
        containers: [container('checkout'), container('proxy')],
        nodeName: `node-${index % 40}`,
        tolerations: Array.from({ length: 4 }, () => ({
          key: 'node.kubernetes.io/not-ready',
          operator: 'Exists',
          effect: 'NoExecute',
          tolerationSeconds: 300,
        })),
      },
      status: {
        phase: 'Running',
        conditions: [
          'Initialized',
          'Ready',
          'ContainersReady',
          'PodScheduled',
        ].map(type => ({
          type,
          status: 'True',
          lastTransitionTime: '2026-11-20T10:00:00Z',
        })),
        containerStatuses: ['checkout', 'proxy'].map(of => ({
          name: of,
          ready: true,
          restartCount: index % 4,
          image: `registry.example.com/shop/${of}:1.42.0`,
          imageID: `sha256:${'0'.repeat(64)}`,
        })),
      },
    }),
  };
}
