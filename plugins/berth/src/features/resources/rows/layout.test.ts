import { aColumn } from '../../../__testUtils__/resources';
import { layoutOf } from './layout';

const columns = (...names: string[]) => names.map(name => aColumn(name));

describe('layoutOf', () => {
  it('merges columns by name, without the name of the object', () => {
    const layout = layoutOf({
      a: columns('Name', 'Ready', 'Age'),
      b: columns('Name', 'Ready', 'Status', 'Age'),
    });
    expect(layout.columns.map(({ name }) => name)).toEqual([
      'Ready',
      'Status',
      'Age',
    ]);
    expect(layout.differs).toBe(true);
    expect(
      layout.columns.filter(({ isPartial }) => isPartial).map(one => one.name),
    ).toEqual(['Status']);
  });

  it('finds the cell of a row whose cluster has other columns', () => {
    const layout = layoutOf({
      a: columns('Name', 'Ready', 'Age'),
      b: columns('Age', 'Name', 'Status'),
    });
    const row = { id: '1', cluster: 'b', name: 'web', cells: [5, 'web', 'Up'] };
    expect(layout.cellOf(row, 'Age')).toBe(5);
    expect(layout.cellOf(row, 'Status')).toBe('Up');
    expect(layout.cellOf(row, 'Ready')).toBeUndefined();
  });

  it('does not differ for one cluster', () => {
    expect(layoutOf({ a: columns('Name', 'Age') }).differs).toBe(false);
  });
});
