import { changingNames } from './changingNames';
import { readManifest } from './manifest';
import { DecodedRelease } from './types';

const JOB = { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs' };
const MAP = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' };
const SECRET = { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' };
const ROLE = {
  ...{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
  plural: 'roles',
};
const ACCOUNT = {
  ...{ apiVersion: 'v1', kind: 'ServiceAccount' },
  plural: 'serviceaccounts',
};
const UNKNOWN = { apiVersion: 'batch/v1', kind: 'Any' };
const CUSTOM = {
  ...{ apiVersion: 'example.com/v1', kind: 'Any', plural: 'things' },
};
const OF_CLUSTER = { ...UNKNOWN, plural: 'things', ofCluster: true };

type Kind = typeof UNKNOWN & { plural?: string; ofCluster?: boolean };
type Listed = [kind: Kind, name: string, namespace?: string];

async function read(objects: Listed[]) {
  const manifest = objects
    .map(
      ([{ apiVersion, kind }, name, namespace]) =>
        `---\n${JSON.stringify({
          ...{ apiVersion, kind, metadata: { name, namespace } },
        })}\n`,
    )
    .join('');
  return readManifest({ manifest, hooks: [] as unknown[] } as DecodedRelease, {
    ...{ source: 'secret', objectName: 'a' },
  });
}

async function compare(first: Listed[], second: Listed[]) {
  const wanted = await read(first);
  const placed = first.map(([{ plural, ofCluster }, , namespace], index) => ({
    wanted: wanted[index],
    placed: { plural, ...(!ofCluster && { namespace: namespace ?? 'shop' }) },
  }));
  return changingNames(placed, await read(second), 'shop');
}

describe('changingNames', () => {
  it.each<[string, string[], string[], [stem: string, count: number][]]>([
    ['chance', ['web-ab1', 'web'], ['web', 'web-ab2'], [['web-', 1]]],
    ['a time', ['web-20261130235959'], ['web-20261201000000'], [['web-', 1]]],
    [
      'a time with dashes',
      ['web-2026-11-30-23-59-58'],
      ['web-2026-11-30-23-59-59'],
      [['web-', 1]],
    ],
    ['dots', ['web.v1.x1'], ['web.v1.x2'], [['web.v1.', 1]]],
    ['two', ['web-a', 'web-b'], ['web-c', 'web-d'], [['web-', 2]]],
    [
      'two beginnings',
      ['web-job-a', 'web-b'],
      ['web-job-c', 'web-d'],
      [
        ['web-', 1],
        ['web-job-', 1],
      ],
    ],
  ])('finds names by %s', async (_, first, second, stems) => {
    const of = (names: string[]) => names.map((name): Listed => [JOB, name]);
    const found = await compare(of(first), of(second));
    expect(found?.map(({ stem, count }) => [stem, count])).toEqual(stems);
    expect(found![0]).toMatchObject({
      ...{ group: 'batch', kind: 'Job', resource: 'jobs' },
    });
  });

  it('keeps the names that do not change', async () => {
    expect(
      await compare(
        [
          [MAP, 'web-main'],
          [MAP, 'other'],
          [MAP, 'web-a'],
        ],
        [
          [MAP, 'web-b'],
          [MAP, 'web-main'],
          [MAP, 'other'],
        ],
      ),
    ).toEqual([
      {
        ...{ group: '', kind: 'ConfigMap', resource: 'configmaps' },
        ...{ stem: 'web-', fixed: ['web-main'], count: 1 },
      },
    ]);
    expect(await compare([[MAP, 'web']], [[MAP, 'web']])).toEqual([]);
  });

  it.each<[string, Listed[], Listed[]]>([
    ['no common beginning', [[JOB, 'a-web']], [[JOB, 'b-web']]],
    ['no separator', [[JOB, 'weba']], [[JOB, 'webb']]],
    ['numbers only', [[JOB, '1-a']], [[JOB, '1-b']]],
    [
      'one object more',
      [[JOB, 'web-a']],
      [
        [JOB, 'web-b'],
        [JOB, 'web-c'],
      ],
    ],
    ['another kind', [[JOB, 'web-a']], [[MAP, 'web-b']]],
    ['an unknown kind', [[UNKNOWN, 'web-a']], [[UNKNOWN, 'web-b']]],
    [
      'a kind of the whole cluster',
      [[OF_CLUSTER, 'web-a']],
      [[OF_CLUSTER, 'web-b']],
    ],
    [
      'the Secrets of Helm',
      [[SECRET, 'sh.helm.release.v1.a']],
      [[SECRET, 'sh.helm.release.v1.b']],
    ],
    ['their beginning', [[SECRET, 'sh.a']], [[SECRET, 'sh.b']]],
  ])('finds none with %s', async (_, first, second) => {
    expect(await compare(first, second)).toBeUndefined();
  });

  it.each<[string, Listed, Listed]>([
    ['roles', [ROLE, 'web-a'], [ROLE, 'web-b']],
    ['custom resources', [CUSTOM, 'web-a'], [CUSTOM, 'web-b']],
    ['ServiceAccounts', [ACCOUNT, 'web-a'], [ACCOUNT, 'web-b']],
    ['other namespaces', [JOB, 'web-a', 'other'], [JOB, 'web-b', 'other']],
  ])('does not count %s', async (_, first, second) => {
    expect(await compare([first], [second])).toEqual([]);
  });
});
