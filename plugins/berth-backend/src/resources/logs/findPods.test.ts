import { findPods, selectorOf } from './findPods';

const SUBJECT = {
  group: 'batch',
  plural: 'cronjobs',
  namespace: 'a',
  name: 'nightly',
};

describe('findPods', () => {
  it('finds the pods of the newest jobs of a cron job, page by page, the newest pod first', async () => {
    const owned = (name: string, owner: string, day: string) => ({
      metadata: {
        name,
        uid: `uid-${name}`,
        creationTimestamp: `2027-01-${day}T00:00:00Z`,
        ownerReferences: [{ uid: owner }],
      },
    });
    const asked: string[] = [];
    const pods = await findPods(SUBJECT, async ({ path, query = {} }) => {
      asked.push(`${path}?${new URLSearchParams(query)}`);
      if (path.endsWith('/cronjobs/nightly')) {
        return { metadata: { name: 'nightly', uid: 'cron' } };
      }
      if (path.endsWith('/jobs')) {
        return {
          items: [
            owned('one', 'cron', '01'),
            owned('other', 'stranger', '02'),
            owned('two', 'cron', '03'),
          ],
        };
      }
      return query.continue
        ? { items: [owned('c', 'uid-two', '04')] }
        : {
            metadata: { continue: 'next' },
            items: [
              owned('a', 'uid-one', '01'),
              // Its labels are those of the job, but the job does not own it.
              owned('b', 'uid-other', '02'),
            ],
          };
    });
    expect(pods.map(({ name }) => name)).toEqual(['c', 'a']);
    const selector = 'labelSelector=job-name+in+%28two%2Cone%29';
    expect(asked).toEqual([
      '/apis/batch/v1/namespaces/a/cronjobs/nightly?',
      '/apis/batch/v1/namespaces/a/jobs?limit=500',
      `/api/v1/namespaces/a/pods?limit=500&${selector}`,
      `/api/v1/namespaces/a/pods?limit=500&${selector}&continue=next`,
    ]);
  });

  it('does not select the pods of a whole namespace', async () => {
    await expect(
      findPods(
        { ...SUBJECT, group: 'apps', plural: 'deployments' },
        async () => ({ metadata: { name: 'web', uid: 'u' }, spec: {} }),
      ),
    ).resolves.toEqual([]);
  });
});

describe('selectorOf', () => {
  it('writes labels and expressions', () => {
    expect(
      selectorOf({
        matchLabels: { app: 'web' },
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['a', 'b'] },
          { key: 'tier', operator: 'NotIn', values: ['c'] },
          { key: 'x', operator: 'Exists' },
          { key: 'y', operator: 'DoesNotExist' },
        ],
      }),
    ).toBe('app=web,tier in (a,b),tier notin (c),x,!y');
  });
});
