import fc from 'fast-check';
import { textChanges } from './textChanges';

function applied(before: string, changes: ReturnType<typeof textChanges>) {
  return [...changes]
    .reverse()
    .reduce(
      (text, { from, to, insert }) =>
        text.slice(0, from) + insert + text.slice(to),
      before,
    );
}

describe('textChanges', () => {
  it('turns any text into any other', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8 })
      .map(lines => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applied(before, textChanges(before, after))).toBe(after);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves alone what stays', () => {
    const before = 'kind: Pod\nversion: 1\nname: web\nphase: Pending\n';
    const after = 'kind: Pod\nversion: 22\nname: web\nphase: Running\n';
    expect(textChanges(before, after)).toEqual([
      { from: 10, to: 20, insert: 'version: 22' },
      { from: 31, to: 45, insert: 'phase: Running' },
    ]);
    expect(textChanges('a\nb\nd\n', 'a\nb\nc\nd\n')).toEqual([
      { from: 4, to: 4, insert: 'c\n' },
    ]);
    expect(textChanges(before, before)).toEqual([]);
  });
});
