import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { VirtualColumn, VirtualTable } from './VirtualTable';

jest.setTimeout(120_000);

interface Item {
  id: string;
}

const COLUMNS: VirtualColumn<Item>[] = [
  {
    id: 'name',
    label: 'Name',
    width: 100,
    isRowHeader: true,
    cell: ({ id }) => <a href={`/${id}`}>{id}</a>,
  },
];
const HEIGHT = 40;
const items = Array.from({ length: 500 }, (_, index) => ({
  id: `pod-${index}`,
}));

const table = (rows: Item[]) => (
  <VirtualTable
    label="Pods"
    rows={rows}
    columns={COLUMNS}
    rowHeight={HEIGHT}
    onSort={() => {}}
  />
);
const link = (name: string) => screen.getByText(name);

describe('VirtualTable', () => {
  it('keeps the focus of a row that is out of sight', async () => {
    const { rerender } = render(table(items));
    act(() => link('pod-3').focus());
    const region = screen.getByRole('region');
    region.scrollTop = 300 * HEIGHT;
    fireEvent.scroll(region);
    expect(link('pod-300')).toBeVisible();
    expect(link('pod-3')).toHaveFocus();
    expect(screen.queryByText('pod-20')).toBeNull();

    await userEvent.tab();
    expect(link('pod-4')).toHaveFocus();
    await userEvent.tab();
    expect(link('pod-5')).toHaveFocus();

    rerender(table(items.filter(({ id }) => id !== 'pod-5')));
    expect(region).toHaveFocus();
    expect(screen.queryByText('pod-4')).toBeNull();
  });
});
