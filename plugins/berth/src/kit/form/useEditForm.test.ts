import { act, renderHook } from '@testing-library/react';
import * as z from 'zod';
import { useEditForm } from './useEditForm';

// The question before values are lost needs an app around the form.
jest.mock('..', () => ({ useUnsavedChanges: () => () => true }));

interface Seen {
  tag: string;
  limits: Record<string, string>;
}

const SCHEMA = z.object({ limits: z.record(z.string(), z.string()) });
const BEFORE: Seen = { tag: '1', limits: { cpu: '2', memory: '4Gi' } };
const THEIRS: Seen = { tag: '2', limits: { cpu: '3', memory: '4Gi' } };

function useLimits(seen: Seen) {
  return useEditForm<Seen, Pick<Seen, 'limits'>>({
    seen,
    schema: SCHEMA,
    valuesOf: ({ limits }) => ({ limits }),
    merge: (before, mine, theirs) => ({
      limits: Object.fromEntries(
        Object.entries(theirs.limits).map(([name, amount]) => [
          name,
          mine.limits[name] === before.limits[name]
            ? amount
            : mine.limits[name],
        ]),
      ),
    }),
    load: async () => THEIRS,
    save: async () => THEIRS,
  });
}

describe('useEditForm', () => {
  it('keeps what others saved if a person changes a field before their change is rendered', async () => {
    const { result, rerender } = renderHook(useLimits, {
      initialProps: BEFORE,
    });
    const { change } = result.current;
    rerender(THEIRS);
    await act(async () => change({ limits: { cpu: '2', memory: '6Gi' } }));
    expect(result.current.base).toBe(THEIRS);
    expect(result.current.values).toEqual({
      limits: { cpu: '3', memory: '6Gi' },
    });
  });
});
