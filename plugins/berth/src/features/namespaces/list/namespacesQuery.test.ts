import fc from 'fast-check';
import {
  DEFAULT_QUERY,
  PHASES,
  formatListQuery,
  isFiltered,
  parseListQuery,
  requestOf,
} from './namespacesQuery';

const queries = fc.record({
  search: fc.string(),
  cluster: fc.string(),
  group: fc.string(),
  phase: fc.constantFrom('' as const, ...PHASES),
  sort: fc.record({
    column: fc.constantFrom(
      'name' as const,
      'owner' as const,
      'createdAt' as const,
    ),
    direction: fc.constantFrom('ascending' as const, 'descending' as const),
  }),
  cursor: fc.string(),
  pageSize: fc.constantFrom(20, 50, 100),
});

describe('the query of the namespaces', () => {
  it('survives the URL', () => {
    fc.assert(
      fc.property(queries, query => {
        const url = formatListQuery(query).toString();
        expect(parseListQuery(new URLSearchParams(url))).toEqual(query);
      }),
    );
  });

  it('leaves defaults out of the URL', () => {
    expect(formatListQuery(DEFAULT_QUERY).toString()).toBe('');
  });

  it.each(['phase=Gone', 'sort=colour', 'size=7'])('ignores %s', parameters => {
    expect(parseListQuery(new URLSearchParams(parameters))).toEqual(
      DEFAULT_QUERY,
    );
  });

  it('asks the backend for the page', () => {
    expect(
      requestOf({
        ...DEFAULT_QUERY,
        search: ' shop ',
        sort: { column: 'createdAt', direction: 'descending' },
        cursor: 'abc',
        pageSize: 50,
      }),
    ).toEqual({
      search: 'shop',
      orderBy: 'createdAt',
      order: 'desc',
      limit: 50,
      cursor: 'abc',
    });
  });

  it('detects whether a filter is set', () => {
    expect(isFiltered({ ...DEFAULT_QUERY, search: '  ', cursor: 'x' })).toBe(
      false,
    );
    expect(isFiltered({ ...DEFAULT_QUERY, phase: 'Active' })).toBe(true);
  });
});
