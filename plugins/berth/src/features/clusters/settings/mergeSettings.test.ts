import fc from 'fast-check';
import { get, set } from 'react-hook-form';
import { CLUSTER_FIELDS, ClusterFormValues, EMPTY_VALUES } from '../form';
import { mergeSettings } from './mergeSettings';

const BEFORE = { ...EMPTY_VALUES, title: 'Old', labels: 'a=b' };

describe('mergeSettings', () => {
  it('takes over the other admin’s changes, and keeps the input', () => {
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

  it('finds no conflict if both made the same change', () => {
    const both = { ...BEFORE, title: 'New' };
    expect(mergeSettings(BEFORE, both, both).changes).toEqual([
      { field: 'title', before: 'Old', theirs: 'New' },
    ]);
  });

  it('loses no change', () => {
    const values = fc
      .record(
        Object.fromEntries(
          CLUSTER_FIELDS.map(field => [field, fc.constantFrom('', 'a', 'b')]),
        ),
      )
      .map(fields => {
        const filled = {};
        for (const [field, value] of Object.entries(fields)) {
          set(filled, field, value);
        }
        return filled as ClusterFormValues;
      });
    fc.assert(
      fc.property(values, values, values, (before, mine, theirs) => {
        const merged = mergeSettings(before, mine, theirs);
        for (const field of CLUSTER_FIELDS) {
          const expected =
            get(mine, field) === get(before, field)
              ? get(theirs, field)
              : get(mine, field);
          expect(get(merged.values, field)).toBe(expected);
          expect(merged.changes.some(change => change.field === field)).toBe(
            get(theirs, field) !== get(before, field),
          );
        }
      }),
    );
  });
});
