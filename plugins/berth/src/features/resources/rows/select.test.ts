import { COLUMNS, linesOf, podCells } from '../../../__testUtils__/resources';
import { PROBLEMS } from '../../../kit/listing';
import { ListCollector } from './collect';
import { layoutOf } from './layout';
import { countStatuses, judge, matching, NAME, ordered } from './select';

const collector = new ListCollector();
linesOf([
  {
    cluster: 'prod01',
    columns: COLUMNS.pods,
    namespaces: {
      shop: [
        ['web-10', '1/1', 'Running', '0', '2d', '10.0.0.1', 'node-1'],
        ['web-2', '1/1', 'Running', '12 (3m ago)', '3d', '10.0.0.2', 'node-2'],
        ['job', '0/1', 'Pending', '0', '5s', '<none>', '<none>'],
      ],
    },
  },
  {
    cluster: 'staging',
    columns: COLUMNS.pods,
    namespaces: {
      cart: [['api', '0/1', 'CrashLoopBackOff', '5 (1m ago)', '1d', '', '']],
    },
  },
]).forEach(line => collector.add(line));
const { rows, columns } = collector.listing(true);
const layout = layoutOf(columns);
const judged = judge(rows, layout);
const all = { search: '', clusters: [], namespaces: [] };
const names = (found: { name: string }[]) => found.map(({ name }) => name);

describe('matching', () => {
  it.each([
    [{ search: 'node-2' }, ['web-2']],
    [{ search: 'STAGING crash' }, ['api']],
    [{ search: 'nowhere' }, []],
    [{ clusters: ['prod01'], search: 'running' }, ['web-10', 'web-2']],
    [{ namespaces: ['cart', 'other'] }, ['api']],
  ])('finds rows by %j', (selection, expected) => {
    expect(names(matching(judged, { ...all, ...selection }))).toEqual(expected);
  });
});

describe('ordered', () => {
  const order = (selection: Partial<Parameters<typeof ordered>[1]>) =>
    names(ordered(judged, { status: '', ...selection }, layout));

  it('puts the worst problems first, then sorts by place', () => {
    expect(order({})).toEqual(['api', 'job', 'web-2', 'web-10']);
  });

  it('shows the rows with a status, or with problems', () => {
    expect(order({ status: 'Running' })).toEqual(['web-2', 'web-10']);
    expect(order({ status: PROBLEMS })).toEqual(['api', 'job']);
  });

  it('sorts by any column', () => {
    const by = (column: string) =>
      order({ sort: { column, direction: 'descending' } });
    expect(by('Restarts')[0]).toBe('web-2');
    expect(by(NAME)).toEqual(['web-10', 'web-2', 'job', 'api']);
    expect(by('Age')[0]).toBe('web-2');
  });
});

it('counts the statuses and the problems', () => {
  expect(countStatuses(judged)).toEqual({
    problems: 2,
    statuses: [
      ['Running', 2],
      ['CrashLoopBackOff', 1],
      ['Pending', 1],
    ],
  });
});

it('judges a row once', () => {
  expect(judge(rows, layout)[0]).toBe(judged[0]);
  // A further cluster changes the columns, but not what the row says.
  expect(judge(rows, layoutOf({ ...columns, new: [] }))[0]).toBe(judged[0]);
});

it('filters and sorts 50,000 rows quickly', () => {
  const many = new ListCollector();
  linesOf([
    {
      cluster: 'prod01',
      columns: COLUMNS.pods,
      namespaces: { shop: podCells('shop', 50_000) },
    },
  ]).forEach(line => many.add(line));
  const pods = judge(many.listing(true).rows, layout);
  const startedAt = performance.now();
  ordered(
    matching(pods, { ...all, search: 'running' }),
    { status: '', sort: { column: 'IP', direction: 'ascending' } },
    layout,
  );
  // About 0.2 s; a comparison that parses the cells again and again takes many seconds.
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
