import {
  AppliedChange,
  applyPreset,
  presetChanges,
  undoPreset,
} from './presetChanges';
import { readValues, Values } from './valuesDocument';

const changes = (text: string, preset: object, applied?: AppliedChange[]) =>
  presetChanges(readValues(text) as Values, preset as never, applied);

const SMALL = {
  replicas: 1,
  image: { tag: 'v1', pull: 'Always' },
  hosts: ['a'],
};
const LARGE = { replicas: 9, image: { tag: 'v1' } };

describe('a preset', () => {
  it('is added below what the person has, whose values stay', () => {
    const text = '# mine\nimage:\n  tag: v2 # pinned\nhosts: []\n';
    const found = changes(text, SMALL);
    expect(found).toEqual([
      { path: ['replicas'], value: 1, isKept: false },
      { path: ['image', 'tag'], value: 'v1', yours: 'v2', isKept: true },
      { path: ['image', 'pull'], value: 'Always', isKept: false },
      { path: ['hosts'], value: ['a'], yours: [], isKept: true },
    ]);
    const written = applyPreset(text, found);
    expect(written).toBe(
      '# mine\nimage:\n  tag: v2 # pinned\n  pull: Always\nhosts: []\nreplicas: 1\n',
    );
    expect(
      undoPreset(
        written,
        found.filter(one => !one.isKept),
      ),
    ).toBe(text);
  });

  it('takes the place of another, where nobody changed it since', () => {
    const first = changes('', SMALL);
    const text = applyPreset('', first).replace('replicas: 1', 'replicas: 2');
    expect(changes(text, LARGE, first)).toEqual([
      { path: ['replicas'], value: 9, yours: 2, isKept: true },
    ]);
    const unchanged = applyPreset('', first);
    const second = changes(unchanged, LARGE, first);
    expect(second).toEqual([
      { path: ['replicas'], value: 9, yours: 1, isKept: false },
    ]);
    const written = applyPreset(unchanged, second);
    expect(written).toContain('replicas: 9');
    expect(undoPreset(written, second)).toBe(unchanged);
  });

  it('is undone only where nobody changed it since', () => {
    const applied = changes('', SMALL);
    const text = applyPreset('', applied).replace('v1', 'v3');
    expect(undoPreset(text, applied)).toBe('image:\n  tag: v3\n');
  });

  it.each([
    ['image: null\n', ['image']],
    ['image: text\n', ['image']],
    ['image: &x {a: 1}\nother: *x\n', ['image']],
    ['a: &x {tag: v2}\nimage:\n  <<: *x\n', ['image', 'tag']],
  ])('leaves %j to the person', (text, path) => {
    expect(changes(text, { image: { tag: 'v1' } })).toMatchObject([
      { path, isKept: true },
    ]);
  });
});
