/* eslint-disable jest/no-export -- cases that two test files share */
import { setTimeout as sleep } from 'node:timers/promises';
import { ContractTarget } from '../ContractTarget';

const DEADLINE_MS = 60_000;

/** The life and the limits of a namespace. */
export function describeNamespaces(target: () => ContractTarget) {
  describe('namespaces', () => {
    async function until(holds: () => Promise<boolean>) {
      const deadline = Date.now() + DEADLINE_MS;
      while (!(await holds())) {
        if (Date.now() > deadline) {
          throw new Error(`Waited ${DEADLINE_MS / 1000} s in vain`);
        }
        await sleep(200);
      }
    }

    const configmap = { metadata: { name: 'content' } };

    it('refuses content for a namespace that is not there', async () => {
      const path = '/api/v1/namespaces/nowhere/configmaps';
      const { status, body } = await target().call('POST', path, {
        body: configmap,
      });
      expect([status, body.message]).toEqual([
        404,
        'namespaces "nowhere" not found',
      ]);
    });

    it('terminates with its content, and takes none meanwhile', async () => {
      const name = await target().namespace();
      const path = `/api/v1/namespaces/${name}`;
      await target().must('POST', `${path}/configmaps`, {
        body: { metadata: { name: 'held', finalizers: ['example.com/hold'] } },
      });
      await target().must('DELETE', path);
      await until(async () => {
        const { body } = await target().call('GET', path);
        return body.status?.phase === 'Terminating';
      });
      const refused = await target().call('POST', `${path}/configmaps`, {
        body: configmap,
      });
      expect([refused.status, refused.body.reason]).toEqual([403, 'Forbidden']);
      await target().must('PATCH', `${path}/configmaps/held`, {
        contentType: 'application/merge-patch+json',
        body: { metadata: { finalizers: null } },
      });
      await until(
        async () => (await target().call('GET', path)).status === 404,
      );
    });

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
      await until(async () => {
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
      await until(
        async () => (await create(pod('fits', '600m'))).status !== 403,
      );
      await until(async () => (await used()) === '600m');
      // A real API server learns of a quota from its own watch, so this may take a moment.
      let exceeding = await create(pod('exceeds', '600m'), '?dryRun=All');
      await until(async () => {
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
      await until(async () => {
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
  });
}
