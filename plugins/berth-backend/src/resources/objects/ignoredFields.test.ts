import { ignoredFields, ignoresUnknownFields } from './ignoredFields';

describe('ignoresUnknownFields', () => {
  it.each([
    ['v1.20.2', true],
    ['v1.24.17-gke.100', true],
    ['v1.25.0', false],
    ['v1.33.1', false],
    [undefined, false],
  ])('decides for %s', (version, ignores) => {
    expect(ignoresUnknownFields(version)).toBe(ignores);
  });
});

describe('ignoredFields', () => {
  const container = { name: 'a', image: 'a:1' };

  it.each<[string, object, object, string[]]>([
    ['a known field', { spec: { replicas: 2 } }, { spec: { replicas: 2 } }, []],
    [
      'a misspelt field',
      { spec: { replicaCount: 2 } },
      { spec: { replicas: 1 } },
      ['spec.replicaCount'],
    ],
    [
      'a misspelt field in a list',
      { spec: { containers: [container, { ...container, picture: 'b' }] } },
      { spec: { containers: [container, container] } },
      ['spec.containers.picture'],
    ],
    [
      'a whole part',
      { spec: { blueprint: { metadata: { labels: { a: 'b' } } } } },
      { spec: {} },
      ['spec.blueprint'],
    ],
    [
      'empty values',
      { spec: { paused: false, a: null, b: '', c: {}, d: [], e: { f: 0 } } },
      { spec: {} },
      [],
    ],
    [
      'fields of the server',
      { metadata: { uid: 'u' }, status: { a: 1 }, stringData: { a: 'b' } },
      {},
      [],
    ],
    ['another value', { spec: { cpu: '1000m' } }, { spec: { cpu: '1' } }, []],
  ])('finds %s', (_, patch, made, paths) => {
    expect(ignoredFields({ ...patch }, { ...made })).toEqual(paths);
  });
});
