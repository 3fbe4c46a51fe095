import { ConfigReader } from '@backstage/config';
import { isQuotaResource } from '@berth/plugin-berth-common';
import { excess } from './excess';
import { checkQuota, parseQuotaRequest } from '../../validation/parseBounds';
import { readSizeClasses } from './sizeClasses';
import { quotaTotals } from './totals';

describe('isQuotaResource', () => {
  it.each([
    'cpu',
    'requests.cpu',
    'limits.memory',
    'requests.ephemeral-storage',
    'requests.storage',
    'persistentvolumeclaims',
    'pods',
    'services.loadbalancers',
    'count/deployments.apps',
    'count/widgets.example.com',
    'requests.nvidia.com/gpu',
    'requests.nvidia.com/mig-1g.5gb',
    'requests.hugepages-2Mi',
    'gold.storageclass.storage.k8s.io/requests.storage',
    'gold.storageclass.storage.k8s.io/persistentvolumeclaims',
  ])('knows %s', name => expect(isQuotaResource(name)).toBe(true));

  it.each([
    '',
    'gpu',
    'requests.gpu',
    'limits.nvidia.com/gpu',
    'nvidia.com/gpu',
    'requests.pods',
    'count/',
    'count/Deployments',
    'requests.CPU',
    'requests.nvidia.com/',
    'gold.storageclass.storage.k8s.io/storage',
    '__proto__',
    'storage',
    'limits.hugepages-2Mi',
    `count/${'a'.repeat(50)}.${'b'.repeat(50)}`,
    'requests.kubernetes.io/batch',
    'requests.requests.nvidia.com/gpu',
  ])('does not know %j', name => expect(isQuotaResource(name)).toBe(false));
});

describe('a quota', () => {
  const parse = (body: object) => parseQuotaRequest(body, []);

  it('is stored with canonical quantities', () => {
    expect(
      parse({
        hard: {
          'requests.cpu': '0.5',
          'requests.memory': '1024Mi',
          'requests.nvidia.com/gpu': '2.0',
          pods: '1e1',
        },
        limits: [
          {
            type: 'Container',
            min: { cpu: '0.01' },
            defaultRequest: { cpu: '100m' },
            default: { cpu: '0.5' },
            max: { cpu: '2' },
          },
        ],
      }),
    ).toEqual({
      hard: {
        'requests.cpu': '500m',
        'requests.memory': '1Gi',
        'requests.nvidia.com/gpu': '2',
        pods: '10',
      },
      limits: [
        {
          type: 'Container',
          min: { cpu: '10m' },
          defaultRequest: { cpu: '100m' },
          default: { cpu: '500m' },
          max: { cpu: '2' },
        },
      ],
      priorityClasses: [],
    });
  });

  it.each<[string, object, RegExp]>([
    ['nothing', {}, /hard must bound at least one resource/],
    [
      'a number',
      { hard: { pods: 5 } },
      /hard\["pods"\] 5 must be of type string/,
    ],
    [
      'no quantity',
      { hard: { 'requests.cpu': 'lots' } },
      /hard\["requests.cpu"\] "lots" is not a Kubernetes quantity/,
    ],
    [
      'a negative one',
      { hard: { 'requests.cpu': '-1' } },
      /"-1" must not be negative/,
    ],
    [
      'half a GPU',
      { hard: { 'requests.nvidia.com/gpu': '500m' } },
      /"500m" must be a whole number/,
    ],
    [
      'an unknown resource',
      { hard: { gpu: '1' } },
      /hard\["gpu"\] is not a resource that a ResourceQuota can bound/,
    ],
    [
      'a very long one',
      { hard: { pods: '1'.repeat(65) } },
      /at most 64 characters/,
    ],
    [
      'more than Kubernetes can count',
      { hard: { cpu: '1e400' } },
      /hard\["cpu"\] "1e400" is more than Kubernetes can count/,
    ],
    ...['', 'requests.', 'limits.'].map((prefix): [string, object, RegExp] => [
      `${prefix}ephemeral-storage by priority`,
      {
        hard: { [`${prefix}ephemeral-storage`]: '10Gi' },
        priorityClasses: ['high'],
      },
      /ephemeral-storage"\] cannot be bounded for some priorityClasses only/,
    ]),
    [
      'a priority class that cannot be one',
      { hard: { pods: '1' }, priorityClasses: ['Not one'] },
      /priorityClasses\[0\] "Not one" must be the name of a PriorityClass/,
    ],
    [
      'a default of GPUs that differs from the request',
      {
        hard: { 'requests.nvidia.com/gpu': '4' },
        limits: [
          {
            type: 'Container',
            default: { 'nvidia.com/gpu': '2' },
            defaultRequest: { 'nvidia.com/gpu': '1' },
          },
        ],
      },
      /limits\[0\]\.defaultRequest\["nvidia.com\/gpu"\] 1 must be equal to default, which is 2/,
    ],
    [
      'a default request of GPUs below the most that becomes the default',
      {
        hard: { pods: '1' },
        limits: [
          {
            type: 'Container',
            max: { 'nvidia.com/gpu': '2' },
            defaultRequest: { 'nvidia.com/gpu': '1' },
          },
        ],
      },
      /1 must be equal to default, which is 2/,
    ],
    [
      'half a GPU as a default',
      {
        hard: { pods: '1' },
        limits: [{ type: 'Container', default: { 'nvidia.com/gpu': '0.5' } }],
      },
      /default\["nvidia.com\/gpu"\] "0.5" must be a whole number/,
    ],
    [
      'claims without a bound',
      { hard: { pods: '5' }, limits: [{ type: 'PersistentVolumeClaim' }] },
      /limits\[0\] is of type PersistentVolumeClaim and needs min or max of storage/,
    ],
    [
      'services by priority',
      { hard: { services: '1' }, priorityClasses: ['high'] },
      /cannot be bounded for some priorityClasses only/,
    ],
    [
      'a type twice',
      { hard: { pods: '1' }, limits: [{ type: 'Pod' }, { type: 'Pod' }] },
      /each type once/,
    ],
    [
      'an unknown type',
      { hard: { pods: '1' }, limits: [{ type: 'Node' }] },
      /must be "Container", "Pod" or/,
    ],
    [
      'defaults of pods',
      { hard: { pods: '1' }, limits: [{ type: 'Pod', default: { cpu: '1' } }] },
      /default and defaultRequest are for type Container/,
    ],
    [
      'a default above its bound',
      {
        hard: { pods: '1' },
        limits: [
          { type: 'Container', default: { cpu: '3' }, max: { cpu: '2' } },
        ],
      },
      /limits\[0\]\.default\["cpu"\] 3 must be at most max, which is 2/,
    ],
    [
      'a request above the default limit',
      {
        hard: { pods: '1' },
        limits: [
          {
            type: 'Container',
            defaultRequest: { memory: '2Gi' },
            default: { memory: '1Gi' },
          },
        ],
      },
      /defaultRequest\["memory"\] 2Gi must be at most default, which is 1Gi/,
    ],
    [
      'a least above the most, with nothing between',
      {
        hard: { pods: '1' },
        limits: [{ type: 'Pod', min: { cpu: '2' }, max: { cpu: '1' } }],
      },
      /min\["cpu"\] 2 must be at most max/,
    ],
    [
      'memory of claims',
      {
        hard: { pods: '1' },
        limits: [{ type: 'PersistentVolumeClaim', max: { memory: '1Gi' } }],
      },
      /bounds "memory", which a LimitRange of type PersistentVolumeClaim does not know/,
    ],
    [
      'a field too much',
      { hard: { pods: '1' }, soft: {} },
      /"soft" is not a field here/,
    ],
  ])('is refused with %s', (_, body, message) => {
    expect(() => parse(body)).toThrow(message);
  });

  it.each<[Record<string, string>]>([
    [{ pods: '1e3' }],
    [{ pods: '1Ki' }],
    [{ pods: '1000000000000' }],
    [{ pods: '15k' }],
    [{ pods: '1000m' }],
    [{ pods: '10.0' }],
    [{ 'count/jobs.batch': '1e5' }],
    [{ 'requests.nvidia.com/gpu': '1e1' }],
    [{ 'requests.storage': '4Ei' }],
  ])('takes whole numbers as Kubernetes does: %j', hard => {
    expect(() => parse({ hard })).not.toThrow();
  });

  it('takes huge pages in limits, and equal defaults of GPUs', () => {
    const amounts = { 'hugepages-2Mi': '4Mi', 'nvidia.com/gpu': '1' };
    const limits = [
      { type: 'Container', default: amounts, defaultRequest: amounts },
    ];
    expect(parse({ hard: { pods: '1' }, limits }).limits).toEqual(limits);
  });

  it('reports all problems at once', () => {
    expect(() => parse({ hard: { gpu: '1', pods: '-1' } })).toThrow(
      /"-1" must not be negative.*; hard\["gpu"\] is not/,
    );
  });

  it('can be a whole size class', () => {
    const classes = readSizeClasses(
      new ConfigReader({
        berth: { sizeClasses: [{ name: 's', hard: { pods: '05' } }] },
      }),
    );
    expect(checkQuota({ sizeClass: 's' }, classes, 'hard')).toEqual({
      sizeClass: 's',
      hard: { pods: '5' },
      limits: [],
      priorityClasses: [],
    });
  });
});

describe('readSizeClasses', () => {
  const claims = (bounds: object) => ({
    type: 'PersistentVolumeClaim',
    ...bounds,
  });
  const read = (sizeClasses: unknown) =>
    readSizeClasses(new ConfigReader({ berth: { sizeClasses } } as never));

  it.each<[unknown, RegExp]>([
    ['small', /berth\.sizeClasses must be a list/],
    [[{ hard: { pods: '1' } }], /berth\.sizeClasses\[0\]: name is missing/],
    [[{ name: 'S', hard: { pods: '1' } }], /name "S" must be/],
    [
      [{ name: 's', hard: { pods: 'x' } }],
      /sizeClasses\[0\]: hard\["pods"\] "x" is not/,
    ],
    [
      [
        { name: 's', hard: { pods: '1' } },
        { name: 's', hard: { pods: '2' } },
      ],
      /holds "s" twice/,
    ],
    [
      [
        { name: 's', hard: { pods: '1' }, default: true },
        { name: 'm', hard: { pods: '1' } },
        { name: 'l', hard: { pods: '2' }, default: true },
      ],
      /default: true in "s" and "l", and only one can be the default/,
    ],
    ...[
      [
        { maxStorage: 'much' },
        /maxStorage "much" is not a Kubernetes quantity/,
      ],
      [{ maxStorage: '-1' }, /maxStorage "-1" must not be negative/],
      [
        { maxStorage: '1Gi', defaultStorage: '2Gi' },
        /defaultStorage 2Gi must be at most the largest volume claim, which is 1Gi/,
      ],
      [
        { maxStorage: '1Gi', limits: [claims({ max: { storage: '2Gi' } })] },
        /maxStorage 1Gi stands for the max of PersistentVolumeClaim in limits/,
      ],
      [
        { maxStorage: '1Gi', limits: [claims({ min: { storage: '2Gi' } })] },
        /maxStorage 1Gi must be at least the min .* which is 2Gi/,
      ],
      [
        {
          defaultStorage: '1Gi',
          limits: [claims({ min: { storage: '2Gi' } })],
        },
        /defaultStorage 1Gi must be at least the smallest .* which is 2Gi/,
      ],
      [
        { nodeSelector: { pool: 'a,b' } },
        /nodeSelector\["pool"\] "a,b" must be/,
      ],
      [{ nodeSelector: { 'a=b': 'c' } }, /nodeSelector.*"a=b"/],
      [
        { tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }] },
        /tolerations\[0\] must hold a key/,
      ],
      [
        { tolerations: [{ key: 'gpu', operator: 'Exists' }] },
        /tolerations\[0\] must hold an effect/,
      ],
      [
        { tolerations: [{ key: 'gpu', effect: 'NoSchedule' }] },
        /tolerations\[0\] must hold a value, or the operator "Exists"/,
      ],
      [
        {
          tolerations: [
            {
              key: 'gpu',
              value: 'a',
              effect: 'NoExecute',
              tolerationSeconds: 5,
            },
          ],
        },
        /tolerations\[0\] must hold no tolerationSeconds/,
      ],
    ].map(([fields, message]): [unknown, RegExp] => [
      [{ name: 's', hard: { pods: '1' }, ...fields }],
      message as RegExp,
    ]),
  ])('refuses %j', (sizeClasses, message) => {
    expect(() => read(sizeClasses)).toThrow(message);
  });

  it('bounds volume claims by maxStorage, and keeps the other bounds', () => {
    const [one, other] = read([
      {
        name: 's',
        hard: { pods: '1' },
        limits: [claims({ min: { storage: '1Gi' } })],
        maxStorage: '10240Mi',
        defaultStorage: '2048Mi',
        default: true,
      },
      { name: 'm', hard: { pods: '1' }, maxStorage: '5Gi' },
    ]);
    expect(one).toEqual({
      name: 's',
      hard: { pods: '1' },
      limits: [claims({ min: { storage: '1Gi' }, max: { storage: '10Gi' } })],
      maxStorage: '10Gi',
      defaultStorage: '2Gi',
      default: true,
    });
    expect(other.limits).toEqual([claims({ max: { storage: '5Gi' } })]);
  });

  it('gives a quota the nodes of its class', () => {
    const toleration = {
      key: 'nvidia.com/gpu',
      operator: 'Exists',
      effect: 'NoSchedule',
    };
    const classes = read([
      {
        name: 'gpu',
        hard: { pods: '1' },
        nodeSelector: { pool: 'gpu' },
        tolerations: [toleration],
      },
      { name: 'none', hard: { pods: '1' }, nodeSelector: {}, tolerations: [] },
    ]);
    expect(
      ['gpu', 'none'].map(
        sizeClass => checkQuota({ sizeClass }, classes, 'hard').placement,
      ),
    ).toEqual([
      { nodeSelector: { pool: 'gpu' }, tolerations: [toleration] },
      undefined,
    ]);
    expect(
      checkQuota({ hard: { pods: '1' } }, classes, 'hard'),
    ).not.toHaveProperty('placement');
  });

  it('has none by default', () => {
    expect(readSizeClasses(new ConfigReader({}))).toEqual([]);
  });
});

describe('excess', () => {
  it('is the use above the bounds', () => {
    expect(
      excess(
        { 'requests.cpu': '4', pods: '10', 'requests.memory': '1Gi' },
        { 'requests.cpu': '4001m', pods: '10', services: '3' },
      ),
    ).toEqual([{ resource: 'requests.cpu', used: '4001m', hard: '4' }]);
  });
});

describe('quotaTotals', () => {
  it('sums exactly, each resource by the name that nodes use', () => {
    expect(
      quotaTotals(
        [
          {
            hard: { 'requests.cpu': '100m', cpu: '9', 'limits.cpu': '8' },
            used: { 'requests.cpu': '50m', services: '2' },
          },
          { hard: { cpu: '200m', 'requests.nvidia.com/gpu': '2' } },
          { hard: { cpu: '1m', 'requests.cpu': '9' } },
          {
            hard: { 'requests.memory': '1Gi' },
            used: { 'requests.memory': '1Mi' },
          },
        ],
        { state: 'Connected', cpu: '16', memory: '64Gi' },
      ),
    ).toEqual([
      { resource: 'cpu', allocatable: '16', hard: '301m', used: '50m' },
      { resource: 'memory', allocatable: '64Gi', hard: '1Gi', used: '1Mi' },
      { resource: 'pods', hard: '0', used: '0' },
      { resource: 'nvidia.com/gpu', hard: '2', used: '0' },
    ]);
  });

  it('uses the allocatable amounts of nodes if known', () => {
    const allocatable = { cpu: '15', 'nvidia.com/gpu': '4' };
    expect(
      quotaTotals([{ hard: { 'requests.nvidia.com/gpu': '2' } }], {
        state: 'Connected',
        cpu: '16',
        memory: '64Gi',
        allocatable,
      }),
    ).toEqual([
      { resource: 'cpu', allocatable: '15', hard: '0', used: '0' },
      { resource: 'memory', hard: '0', used: '0' },
      { resource: 'pods', hard: '0', used: '0' },
      { resource: 'nvidia.com/gpu', allocatable: '4', hard: '2', used: '0' },
    ]);
  });
});
