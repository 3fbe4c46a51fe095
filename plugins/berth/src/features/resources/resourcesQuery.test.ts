import fc from 'fast-check';
import {
  DEFAULT_QUERY,
  formatResourcesQuery,
  isFiltered,
  parseResourcesQuery,
} from './resourcesQuery';

const names = fc.uniqueArray(fc.string({ minLength: 1 }));
const queries = fc.record({
  kind: fc.string(),
  search: fc.string(),
  clusters: names,
  namespaces: names,
  status: fc.string(),
  labels: fc.string(),
  sort: fc.option(
    fc.record({
      column: fc.constantFrom('Name', 'Age', 'External-IP'),
      direction: fc.constantFrom('ascending' as const, 'descending' as const),
    }),
    { nil: undefined },
  ),
  columns: names,
});

describe('the query of a list of objects', () => {
  it('survives the URL', () => {
    fc.assert(
      fc.property(queries, query => {
        const url = formatResourcesQuery(query).toString();
        expect(parseResourcesQuery(new URLSearchParams(url))).toEqual(query);
      }),
    );
  });

  it('leaves defaults out of the URL', () => {
    expect(formatResourcesQuery(DEFAULT_QUERY).toString()).toBe('');
  });

  it('detects whether a filter is set', () => {
    expect(
      isFiltered({ ...DEFAULT_QUERY, kind: 'core/pods', columns: ['IP'] }),
    ).toBe(false);
    expect(isFiltered({ ...DEFAULT_QUERY, labels: 'app=shop' })).toBe(true);
    expect(isFiltered({ ...DEFAULT_QUERY, clusters: ['prod01'] })).toBe(true);
  });
});
