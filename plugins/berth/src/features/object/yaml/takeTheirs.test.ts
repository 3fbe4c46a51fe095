import { changedSince } from './changedSince';
import { keysOf, knowTheirs, takeTheirs } from './takeTheirs';

describe('takeTheirs', () => {
  it('sets and removes fields, and keeps comments', () => {
    const text =
      '# mine\nmetadata:\n  annotations:\n    a.b/c: mine\n    d: mine\nspec:\n  replicas: 5\n';
    const latest =
      'metadata:\n  annotations:\n    a.b/c: theirs\nspec:\n  replicas: 4\n';
    expect(
      takeTheirs(
        text,
        [
          {
            path: 'metadata.annotations["a.b/c"]',
            theirs: 'theirs',
            yours: 'mine',
          },
          { path: 'metadata.annotations.d', yours: 'mine' },
          { path: 'spec.replicas', theirs: '4', yours: '5' },
        ],
        { base: '', latest },
      ),
    ).toBe(
      '# mine\nmetadata:\n  annotations:\n    a.b/c: theirs\nspec:\n  replicas: 4\n',
    );
  });

  it('takes whole values, not the shortened ones of the conflicts', () => {
    const long = 'x'.repeat(5_000);
    expect(
      takeTheirs(
        'data: {a: mine}\n',
        [{ path: 'data.a', theirs: `${'x'.repeat(2_000)}…`, yours: 'mine' }],
        { base: '', latest: `data: {a: ${long}}` },
      ),
    ).toContain(long);
  });

  it('keeps texts, numbers and keys as kubectl reads them', () => {
    const text = 'mode: 0644\nid: 12345678901234567890\n"<<": a\nflag: mine\n';
    expect(
      takeTheirs(text, [{ path: 'flag', theirs: 'no', yours: 'mine' }], {
        base: '',
        latest: 'flag: "no"\n',
      }),
    ).toBe(text.replace('mine', '"no"'));
  });

  it('leaves the value of a Secret on the cluster', () => {
    const base = 'kind: Secret\ndata:\n  key: ""\n  other: ""\n';
    const hidden = [{ path: 'data.key' }];
    const take = (text: string) =>
      takeTheirs(text, hidden, { base, latest: base });
    expect(take(base.replace('key: ""', 'key: bWluZQ=='))).toBe(base);
    expect(take(`${base}stringData:\n  key: mine\n`)).toBe(base);
    expect(take('kind: Secret\ndata:\nstringData:\n  key: mine\n')).toBe(
      'kind: Secret\ndata:\n  key: ""\n',
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

describe('knowTheirs', () => {
  it('starts from the values of others for the fields of conflicts only', () => {
    expect(
      knowTheirs(
        'metadata:\n  resourceVersion: "1"\nspec:\n  replicas: 3\n  paused: false\n',
        [{ path: 'spec.replicas', base: '3', theirs: '4', yours: '5' }],
        'metadata:\n  resourceVersion: "2"\nspec:\n  replicas: 4\n  paused: true\n',
      ),
    ).toBe(
      'metadata:\n  resourceVersion: "2"\nspec:\n  replicas: 4\n  paused: false\n',
    );
  });
});

describe('knowTheirs and takeTheirs', () => {
  it('know the text of others that YAML 1.1 reads as a flag', () => {
    expect(knowTheirs('flag: a\n', [{ path: 'flag' }], 'flag: "on"\n')).toBe(
      'flag: "on"\n',
    );
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
