import { Cell, ColumnConfig } from '@backstage/ui';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { useState } from 'react';
import userEvent from '@testing-library/user-event';
import { ListPage, Paging, Sort } from './listQuery';
import { ResourceTable } from './ResourceTable';

interface Item {
  id: string;
}

const drawn: string[] = [];

function NameCell({ id }: Item) {
  drawn.push(id);
  return <Cell>{id}</Cell>;
}

const columns = (): ColumnConfig<Item>[] => [
  {
    id: 'name',
    label: 'Name',
    isRowHeader: true,
    cell: item => <NameCell {...item} />,
  },
];
const few: ListPage<Item> = {
  items: [{ id: 'a' }, { id: 'b' }],
  totalItems: 2,
  offset: 0,
};
const query: Paging & { sort: Sort } = {
  cursor: '',
  pageSize: 20,
  sort: { column: 'name', direction: 'ascending' },
};

function Page() {
  const [ticks, setTicks] = useState(0);
  const [page, setPage] = useState(few);
  return (
    <>
      <button onClick={() => setTicks(ticks + 1)}>tick {ticks}</button>
      <button
        onClick={() =>
          setPage({ items: [{ id: 'c' }], totalItems: 1, offset: 0 })
        }
      >
        load
      </button>
      <ResourceTable
        page={page}
        columns={columns}
        query={{ ...query }}
        onQueryChange={() => setTicks(0)}
        pageLabel={() => ''}
      />
    </>
  );
}

describe('ResourceTable', () => {
  it('renders again only when its rows change', async () => {
    await renderInTestApp(<Page />);
    expect(await screen.findByText('b')).toBeVisible();
    const before = drawn.length;
    await userEvent.click(screen.getByRole('button', { name: 'tick 0' }));
    expect(screen.getByRole('button', { name: 'tick 1' })).toBeVisible();
    expect(drawn).toHaveLength(before);
    await userEvent.click(screen.getByRole('button', { name: 'load' }));
    expect(await screen.findByText('c')).toBeVisible();
    expect(screen.queryByText('a')).not.toBeInTheDocument();
  });
});
