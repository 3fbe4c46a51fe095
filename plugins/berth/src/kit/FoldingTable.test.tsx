import { render, screen, within } from '@testing-library/react';
import { FoldingRow, FoldingTable } from './FoldingTable';

describe('a table that folds on a phone', () => {
  it('stays a table, and labels each cell with its column', () => {
    render(
      <FoldingTable columns={[{ label: 'Resource' }, { label: 'In use' }]}>
        <FoldingRow
          header="CPU"
          cells={[{ label: 'In use', content: '3.5 vCPU', isOver: true }]}
        />
      </FoldingTable>,
    );
    expect(screen.getAllByRole('columnheader')).toHaveLength(2);
    const row = screen.getByRole('row', { name: /CPU/ });
    expect(within(row).getByRole('rowheader')).toHaveTextContent('CPU');
    const cell = within(row).getByRole('cell', { name: '3.5 vCPU' });
    expect(cell).toHaveAttribute('data-label', 'In use');
    expect(cell).toHaveAttribute('data-over');
  });
});
