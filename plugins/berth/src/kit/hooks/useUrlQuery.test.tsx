import { act, renderHook } from '@testing-library/react';
import { ReactNode } from 'react';
import { MemoryRouter, useLocation, useNavigate } from 'react-router-dom';
import { useUrlQuery } from './useUrlQuery';

interface Query {
  search: string;
  cursor: string;
}

const parse = (parameters: URLSearchParams): Query => ({
  search: parameters.get('search') ?? '',
  cursor: parameters.get('cursor') ?? '',
});
const format = ({ search, cursor }: Query) =>
  new URLSearchParams({ search, cursor });

function renderQuery() {
  return renderHook(
    () => ({
      query: useUrlQuery(parse, format),
      address: useLocation().search,
      navigate: useNavigate(),
    }),
    {
      wrapper: ({ children }: { children: ReactNode }) => (
        <MemoryRouter initialEntries={['/?search=a&cursor=3']}>
          {children}
        </MemoryRouter>
      ),
    },
  );
}

describe('useUrlQuery', () => {
  it('reads and writes the address, and always returns the same function', () => {
    const { result } = renderQuery();
    const [query, change] = result.current.query;
    expect(query).toEqual({ search: 'a', cursor: '3' });

    act(() => change({ cursor: '4' }));
    expect(result.current.address).toBe('?search=a&cursor=4');
    expect(result.current.query[1]).toBe(change);

    act(() => change({ search: 'b' }));
    expect(result.current.address).toBe('?search=b&cursor=');
    expect(result.current.query[0]).toEqual({ search: 'b', cursor: '' });
  });

  it('makes each page, and no other change, a step to go back to', () => {
    const { result } = renderQuery();
    act(() => result.current.query[1]({ search: 'b' }));
    act(() => result.current.query[1]({ cursor: '4' }));
    act(() => result.current.navigate(-1));
    expect(result.current.address).toBe('?search=b&cursor=');
  });
});
