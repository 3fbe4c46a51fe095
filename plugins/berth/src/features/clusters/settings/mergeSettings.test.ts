import fc from 'fast-check';
import {
  ClusterField,
  ClusterFormValues,
  EMPTY_VALUES,
} from '../form/clusterForm';
import { mergeSettings } from './mergeSettings';

const BEFORE = { ...EMPTY_VALUES, title: 'Old', labels: 'a=b' };

describe('mergeSettings', () => {
  it('takes over what only the other changed, and keeps what was typed', () => {
    expect(
      mergeSettings(
        BEFORE,
        { ...BEFORE, title: 'Mine', groupsPrefix: 'g:' },
        { ...BEFORE, title: 'Theirs', labels: 'a=c' },
      ),
    ).toEqual({
      values: {
        ...BEFORE,
        title: 'Mine',
        groupsPrefix: 'g:',
        labels: 'a=c',
      },
      changes: [
        { field: 'title', before: 'Old', theirs: 'Theirs', mine: 'Mine' },
        { field: 'labels', before: 'a=b', theirs: 'a=c' },
      ],
    });
  });

  it('sees no contradiction where both did the same', () => {
    const both = { ...BEFORE, title: 'New' };
    expect(mergeSettings(BEFORE, both, both).changes).toEqual([
      { field: 'title', before: 'Old', theirs: 'New' },
    ]);
  });

  it('loses nothing that anybody changed', () => {
    const fields = Object.keys(EMPTY_VALUES) as ClusterField[];
    const values = fc.record(
      Object.fromEntries(
        fields.map(field => [field, fc.constantFrom('', 'a', 'b')]),
      ),
    ) as unknown as fc.Arbitrary<ClusterFormValues>;
    fc.assert(
      fc.property(values, values, values, (before, mine, theirs) => {
        const merged = mergeSettings(before, mine, theirs);
        for (const field of fields) {
          const expected =
            mine[field] === before[field] ? theirs[field] : mine[field];
          expect(merged.values[field]).toBe(expected);
          expect(merged.changes.some(change => change.field === field)).toBe(
            theirs[field] !== before[field],
          );
        }
      }),
    );
  });
});
