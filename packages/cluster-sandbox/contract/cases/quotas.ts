/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';
import { eventually } from '../eventually';

const highPriority = {
  scopeSelector: {
    matchExpressions: [
      { scopeName: 'PriorityClass', operator: 'In', values: ['high'] },
    ],
  },
};

function bounds(hard: Record<string, string>, scope: object = {}) {
  return { hard, ...scope };
}

function container(limits: object) {
  return { type: 'Container', ...limits };
}

function gpus(amount: string) {
  return { 'nvidia.com/gpu': amount };
}

/** Describes quotas and limit ranges. */
export function describeQuotas(target: () => ContractTarget) {
  describe('quotas', () => {
    it('counts against a quota, and refuses what exceeds it', async () => {
      const name = await target().namespace();
      const path = `/api/v1/namespaces/${name}`;
      await target().must('POST', `${path}/resourcequotas`, {
        body: {
          metadata: { name: 'limits' },
          spec: { hard: { 'requests.cpu': '1', 'count/configmaps': '50' } },
        },
      });
      const pod = (podName: string, cpu?: string) => ({
        metadata: { name: podName },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'x',
              ...(cpu && { resources: { requests: { cpu } } }),
            },
          ],
        },
      });
      await eventually(async () => {
        const quota = await target().must(
          'GET',
          `${path}/resourcequotas/limits`,
        );
        return quota.status?.hard?.['requests.cpu'] === '1';
      });
      const create = (body: object, query = '') =>
        target().call('POST', `${path}/pods${query}`, { body });
      const used = async () => {
        const quota = await target().must(
          'GET',
          `${path}/resourcequotas/limits`,
        );
        return quota.status.used['requests.cpu'];
      };
      // Admission learns of a quota from a watch. A pod that it admits before is counted minutes later.
      await eventually(
        async () =>
          (await create(pod('large', '2'), '?dryRun=All')).status === 403,
      );
      await eventually(
        async () => (await create(pod('fits', '600m'))).status !== 403,
      );
      await eventually(async () => (await used()) === '600m');
      // A real API server watches quotas, so this may take a moment.
      let exceeding = await create(pod('exceeds', '600m'), '?dryRun=All');
      await eventually(async () => {
        exceeding = await create(pod('exceeds', '600m'), '?dryRun=All');
        return exceeding.status === 403;
      });
      expect(exceeding.body.message).toBe(
        'pods "exceeds" is forbidden: exceeded quota: limits, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1',
      );
      const without = await create(pod('unspecified'));
      expect(without.body.message).toContain(
        'failed quota: limits: must specify requests.cpu',
      );
    });

    it('gives containers the defaults of a limit range', async () => {
      const name = await target().namespace();
      const path = `/api/v1/namespaces/${name}`;
      await target().must('POST', `${path}/limitranges`, {
        body: {
          metadata: { name: 'defaults' },
          spec: {
            limits: [
              {
                type: 'Container',
                default: { cpu: '500m' },
                defaultRequest: { cpu: '100m' },
              },
            ],
          },
        },
      });
      let resources: unknown;
      await eventually(async () => {
        const pod = await target().call('POST', `${path}/pods?dryRun=All`, {
          body: {
            metadata: { name: 'defaulted' },
            spec: { containers: [{ name: 'main', image: 'x' }] },
          },
        });
        resources = pod.body.spec?.containers[0].resources;
        return JSON.stringify(resources ?? {}) !== '{}';
      });
      expect(resources).toEqual({
        limits: { cpu: '500m' },
        requests: { cpu: '100m' },
      });
    });

    it('counts objects, and takes them off when they go', async () => {
      const name = await target().namespace();
      const path = `/api/v1/namespaces/${name}`;
      await target().must('POST', `${path}/resourcequotas`, {
        body: {
          metadata: { name: 'counts' },
          spec: { hard: { services: '1', 'count/deployments.apps': '5' } },
        },
      });
      const used = async () =>
        (await target().must('GET', `${path}/resourcequotas/counts`)).status
          ?.used;
      await eventually(async () => (await used())?.services === '0');
      const service = (serviceName: string) =>
        target().call('POST', `${path}/services`, {
          body: {
            metadata: { name: serviceName },
            spec: { ports: [{ port: 80 }] },
          },
        });
      await eventually(async () => (await service('one')).status !== 403);
      await eventually(async () => (await used()).services === '1');
      let refused = await service('two');
      await eventually(async () => {
        refused = await service('two');
        return refused.status === 403;
      });
      expect(refused.body.message).toBe(
        'services "two" is forbidden: exceeded quota: counts, requested: services=1, used: services=1, limited: services=1',
      );
      await target().must('DELETE', `${path}/services/one`);
      await eventually(async () => (await used()).services === '0');
      expect((await service('two')).status).toBe(201);
    });

    it('lowered below use stays so, and says so', async () => {
      const name = await target().namespace();
      const path = `/api/v1/namespaces/${name}`;
      const quota = `${path}/resourcequotas/lowered`;
      await target().must('POST', `${path}/secrets`, {
        body: { metadata: { name: 'one' } },
      });
      await target().must('POST', `${path}/resourcequotas`, {
        body: {
          metadata: { name: 'lowered' },
          spec: { hard: { 'count/secrets': '9' } },
        },
      });
      await eventually(async () => {
        const { status } = await target().must('GET', quota);
        return Number(status?.used?.['count/secrets']) >= 1;
      });
      await target().must('PATCH', quota, {
        contentType: 'application/merge-patch+json',
        body: { spec: { hard: { 'count/secrets': '0' } } },
      });
      await eventually(async () => {
        const { status } = await target().must('GET', quota);
        return (
          status.hard['count/secrets'] === '0' &&
          Number(status.used['count/secrets']) >= 1
        );
      });
      expect((await target().call('GET', `${path}/secrets/one`)).status).toBe(
        200,
      );
    });

    it('refuses quantities that are none', async () => {
      const name = await target().namespace();
      const create = async (value: string) =>
        (
          await target().call(
            'POST',
            `/api/v1/namespaces/${name}/resourcequotas?dryRun=All`,
            {
              body: {
                metadata: { name: 'q' },
                spec: { hard: { 'requests.memory': value } },
              },
            },
          )
        ).status;
      expect([
        await create('1.5Gi'),
        await create('-1'),
        await create('1 Gi'),
      ]).toEqual([201, 422, 400]);
    });

    it.each<[string, number, object]>([
      [
        'whole numbers in any spelling',
        201,
        bounds({ pods: '1e3', services: '1Ki' }),
      ],
      ['a very large whole number', 201, bounds({ pods: '1000000000000' })],
      ['a whole number of objects', 201, bounds({ 'count/jobs.batch': '1e5' })],
      ['half a pod', 422, bounds({ pods: '500m' })],
      ['half an object', 422, bounds({ 'count/jobs.batch': '500m' })],
      ['storage', 422, bounds({ storage: '10Gi' })],
      [
        'storage that is requested',
        201,
        bounds({ 'requests.storage': '10Gi' }),
      ],
      ['huge pages', 201, bounds({ 'requests.hugepages-2Mi': '4Mi' })],
      ['limits of huge pages', 422, bounds({ 'limits.hugepages-2Mi': '4Mi' })],
      ['an unknown name', 422, bounds({ gpu: '1' })],
      ['extended resources', 201, bounds({ 'requests.nvidia.com/gpu': '1' })],
      [
        'objects with a longer name than a label',
        422,
        bounds({ [`count/${'a'.repeat(50)}.${'b'.repeat(50)}`]: '1' }),
      ],
      ...['pods', 'cpu', 'limits.memory', 'requests.nvidia.com/gpu'].map(
        (name): [string, number, object] => [
          `${name} for some priority classes`,
          201,
          bounds({ [name]: '1' }, highPriority),
        ],
      ),
      ...[
        'ephemeral-storage',
        'requests.ephemeral-storage',
        'limits.ephemeral-storage',
        'services',
        'requests.hugepages-2Mi',
      ].map((name): [string, number, object] => [
        `${name} for some priority classes`,
        422,
        bounds({ [name]: '1' }, highPriority),
      ]),
    ])('answers a quota of %s with %i', async (_, status, spec) => {
      const answer = await target().call(
        'POST',
        '/api/v1/namespaces/default/resourcequotas?dryRun=All',
        { body: { metadata: { name: 'q' }, spec } },
      );
      expect(answer.status).toBe(status);
    });

    it.each<[string, number, ...object[]]>([
      [
        'equal defaults of GPUs',
        201,
        container({ default: gpus('1'), defaultRequest: gpus('1') }),
      ],
      [
        'unequal defaults of GPUs',
        422,
        container({ default: gpus('2'), defaultRequest: gpus('1') }),
      ],
      [
        'a default request of GPUs below the most',
        422,
        container({ max: gpus('2'), defaultRequest: gpus('1') }),
      ],
      [
        'a least and a most of GPUs',
        201,
        container({ min: gpus('1'), max: gpus('2') }),
      ],
      [
        'unequal defaults of huge pages',
        422,
        container({
          default: { 'hugepages-2Mi': '4Mi' },
          defaultRequest: { 'hugepages-2Mi': '2Mi' },
        }),
      ],
      [
        'a default request above the default',
        422,
        container({ default: { cpu: '1' }, defaultRequest: { cpu: '2' } }),
      ],
      [
        'a default above the most',
        422,
        container({ default: { cpu: '3' }, max: { cpu: '2' } }),
      ],
      [
        'a least above the most',
        422,
        { type: 'Pod', min: { cpu: '2' }, max: { cpu: '1' } },
      ],
      ['defaults of pods', 422, { type: 'Pod', default: { cpu: '1' } }],
      ['claims without a bound', 422, { type: 'PersistentVolumeClaim' }],
      [
        'claims with a bound',
        201,
        { type: 'PersistentVolumeClaim', max: { storage: '1Gi' } },
      ],
      ['an unknown resource', 422, container({ max: { gpu: '1' } })],
      ['storage of containers', 422, container({ max: { storage: '1Gi' } })],
      [
        'a type twice',
        422,
        container({ max: { cpu: '1' } }),
        container({ max: { memory: '1Gi' } }),
      ],
    ])('answers a limit range of %s with %i', async (_, status, ...limits) => {
      const answer = await target().call(
        'POST',
        '/api/v1/namespaces/default/limitranges?dryRun=All',
        { body: { metadata: { name: 'l' }, spec: { limits } } },
      );
      expect(answer.status).toBe(status);
    });

    it('refuses containers beyond the limits of a limit range', async () => {
      const name = await target().namespace();
      const path = `/api/v1/namespaces/${name}`;
      await target().must('POST', `${path}/limitranges`, {
        body: {
          metadata: { name: 'bounds' },
          spec: {
            limits: [
              { type: 'Container', max: { cpu: '1' }, min: { cpu: '100m' } },
            ],
          },
        },
      });
      const create = (cpu: string) =>
        target().call('POST', `${path}/pods?dryRun=All`, {
          body: {
            metadata: { name: 'bounded' },
            spec: {
              containers: [
                {
                  name: 'main',
                  image: 'x',
                  resources: { requests: { cpu }, limits: { cpu } },
                },
              ],
            },
          },
        });
      await eventually(async () => (await create('2')).status === 403);
      await eventually(async () => (await create('500m')).status === 201);
      expect((await create('2')).body.message).toBe(
        'pods "bounded" is forbidden: maximum cpu usage per Container is 1, but limit is 2',
      );
      expect((await create('50m')).body.message).toBe(
        'pods "bounded" is forbidden: minimum cpu usage per Container is 100m, but request is 50m',
      );
    });
  });
}
