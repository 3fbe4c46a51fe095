import { changedSince } from './changedSince';
import { keysOf, takeTheirs } from './takeTheirs';

describe('takeTheirs', () => {
  it('sets and removes fields, and keeps comments', () => {
    const text =
      '# mine\nmetadata:\n  annotations:\n    a.b/c: mine\n    d: mine\nspec:\n  replicas: 5\n';
    expect(
      takeTheirs(text, [
        { path: 'metadata.annotations["a.b/c"]', theirs: 'theirs' },
        { path: 'metadata.annotations.d' },
        { path: 'spec.replicas', theirs: '4' },
      ]),
    ).toBe(
      '# mine\nmetadata:\n  annotations:\n    a.b/c: theirs\nspec:\n  replicas: 4\n',
    );
  });

  it.each([
    ['spec.replicas', ['spec', 'replicas']],
    ['metadata.labels["a.b/c"]', ['metadata', 'labels', 'a.b/c']],
    ['data["a\\"b"].c', ['data', 'a"b', 'c']],
  ])('reads the path %s', (path, keys) => {
    expect(keysOf(path)).toEqual(keys);
  });
});

describe('changedSince', () => {
  it('names fields, without those that the cluster sets', () => {
    expect(
      changedSince(
        'metadata: {resourceVersion: "1"}\nspec: {replicas: 1, list: [1]}\nstatus: {a: 1}\n',
        'metadata: {resourceVersion: "2"}\nspec: {replicas: 2, list: [2]}\nstatus: {a: 2}\n',
      ),
    ).toEqual(['spec.replicas', 'spec.list']);
  });

  it('names nothing for a text that is no YAML', () => {
    expect(changedSince('a: [', 'a: 1')).toEqual([]);
  });
});
