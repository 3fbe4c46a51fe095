import { aCluster, aShare } from '../../../__testUtils__/fixtures';
import {
  ClusterQuery,
  DEFAULT_QUERY,
  formatClusterQuery,
  parseClusterQuery,
  selectClusters,
} from './clusterQuery';

const CLUSTERS = [
  aCluster('b10', { status: { cpu: '8', lastSeenAt: '2026-11-21T10:00:00Z' } }),
  aCluster('b9', {
    title: 'Hamburg',
    status: { cpu: '7500m', lastSeenAt: '2026-11-21T11:00:00Z' },
  }),
  aCluster('c', {
    status: { state: 'Forbidden', cpu: undefined, lastSeenAt: undefined },
  }),
  aCluster('d', { status: { state: 'Unreachable', cpu: '100' } }),
  aCluster('e', {
    status: { state: 'Pending', cpu: undefined },
    labels: { stage: 'test' },
  }),
  aCluster('f', { shares: [aShare('team-a', { state: 'Failed' })] }),
];

function namesOf(query: Partial<ClusterQuery>): string[] {
  return selectClusters(CLUSTERS, { ...DEFAULT_QUERY, ...query }).items.map(
    ({ name }) => name,
  );
}

describe('selectClusters', () => {
  it('puts problems first, then pending, then failed shares, then names', () => {
    expect(namesOf({})).toEqual(['d', 'c', 'e', 'f', 'b9', 'b10']);
  });

  it('sorts amounts as amounts, unknown ones last in both directions', () => {
    const items = CLUSTERS.slice(0, 4);
    const sorted = (direction: 'ascending' | 'descending') =>
      selectClusters(items, {
        ...DEFAULT_QUERY,
        sort: { column: 'cpu', direction },
      }).items.map(({ name }) => name);
    expect(sorted('ascending')).toEqual(['b9', 'b10', 'd', 'c']);
    expect(sorted('descending')).toEqual(['d', 'b10', 'b9', 'c']);
  });

  it.each<[Partial<ClusterQuery>, string[]]>([
    [{ state: 'problem' }, ['d', 'c']],
    [{ state: 'Pending' }, ['e']],
    [{ search: ' HAMB ' }, ['b9']],
    [{ search: 'b1' }, ['b10']],
    [{ search: 'nothing' }, []],
    [{ search: 'b', state: 'problem' }, []],
    [{ group: 'group:default/team-a' }, ['f']],
    [{ group: 'group:default/team' }, []],
    [{ label: 'stage=test' }, ['e']],
    [{ label: 'stage=prod' }, []],
  ])('filters by %j', (query, names) => {
    expect(namesOf(query)).toEqual(names);
  });

  it('cuts pages, and shows the last page if the requested one does not exist', () => {
    const many = Array.from({ length: 45 }, (_, index) =>
      aCluster(`c${index}`),
    );
    const page = (cursor: string) =>
      selectClusters(many, { ...DEFAULT_QUERY, cursor });
    expect(page('')).toMatchObject({ offset: 0, next: '20' });
    expect(page('x')).toEqual(page(''));
    expect(page('20')).toMatchObject({
      totalItems: 45,
      offset: 20,
      next: '40',
      previous: '0',
    });
    expect(page('25')).toEqual(page('20'));
    expect(page('20').items[0].name).toBe('c20');
    expect(page('180')).toMatchObject({ offset: 40, previous: '20' });
    expect(page('180').next).toBeUndefined();
    expect(page('180').items).toHaveLength(5);
  });
});

describe('the query in the URL', () => {
  it.each<[string, Partial<ClusterQuery>]>([
    ['', {}],
    ['search=a+b', { search: 'a b' }],
    ['state=Untrusted', { state: 'Untrusted' }],
    ['state=problem', { state: 'problem' }],
    ['sort=name', { sort: { column: 'name', direction: 'ascending' } }],
    ['sort=-memory', { sort: { column: 'memory', direction: 'descending' } }],
    ['sort=-state', { sort: { column: 'state', direction: 'descending' } }],
    ['cursor=100&size=50', { cursor: '100', pageSize: 50 }],
  ])('%s is read and written', (text, query) => {
    const parsed = parseClusterQuery(new URLSearchParams(text));
    expect(parsed).toEqual({ ...DEFAULT_QUERY, ...query });
    expect(formatClusterQuery(parsed).toString()).toBe(text);
  });

  it.each(['state=Odd', 'sort=odd', 'size=7'])('%s is ignored', text => {
    expect(parseClusterQuery(new URLSearchParams(text))).toEqual(DEFAULT_QUERY);
  });
});
