import { act, renderHook } from '@testing-library/react';
import { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { useUrlQuery } from './useUrlQuery';

interface Query {
  search: string;
  page: number;
}

const parse = (parameters: URLSearchParams): Query => ({
  search: parameters.get('search') ?? '',
  page: Number(parameters.get('page') ?? 1),
});
const format = ({ search, page }: Query) =>
  new URLSearchParams({ search, page: `${page}` });
const FIRST_PAGE = { page: 1 };

describe('useUrlQuery', () => {
  it('reads and writes the address, and always returns the same function', () => {
    const { result } = renderHook(
      () => ({
        query: useUrlQuery(parse, format, FIRST_PAGE),
        address: useLocation().search,
      }),
      {
        wrapper: ({ children }: { children: ReactNode }) => (
          <MemoryRouter initialEntries={['/?search=a&page=3']}>
            {children}
          </MemoryRouter>
        ),
      },
    );
    const [query, change] = result.current.query;
    expect(query).toEqual({ search: 'a', page: 3 });

    act(() => change({ page: 4 }));
    expect(result.current.address).toBe('?search=a&page=4');
    expect(result.current.query[1]).toBe(change);

    act(() => change({ search: 'b' }));
    expect(result.current.address).toBe('?search=b&page=1');
    expect(result.current.query[0]).toEqual({ search: 'b', page: 1 });
  });
});
