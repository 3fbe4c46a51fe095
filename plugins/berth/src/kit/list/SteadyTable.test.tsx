import { Cell, ColumnConfig } from '@backstage/ui';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { useState } from 'react';
import userEvent from '@testing-library/user-event';
import { SteadyTable } from './SteadyTable';

interface Item {
  id: string;
}

const drawn: string[] = [];

function NameCell({ id }: Item) {
  drawn.push(id);
  return <Cell>{id}</Cell>;
}

const columns: ColumnConfig<Item>[] = [
  {
    id: 'name',
    label: 'Name',
    isRowHeader: true,
    cell: item => <NameCell {...item} />,
  },
];
const few = [{ id: 'a' }, { id: 'b' }];

function Page() {
  const [ticks, setTicks] = useState(0);
  const [data, setData] = useState(few);
  return (
    <>
      <button onClick={() => setTicks(ticks + 1)}>tick {ticks}</button>
      <button onClick={() => setData([{ id: 'c' }])}>load</button>
      <SteadyTable
        columnConfig={columns}
        data={data}
        sort={{
          descriptor: { column: 'name', direction: 'ascending' },
          onSortChange: () => setTicks(0),
        }}
        pagination={{ type: 'none' }}
      />
    </>
  );
}

describe('SteadyTable', () => {
  it('renders again when its rows change, and only then', async () => {
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
