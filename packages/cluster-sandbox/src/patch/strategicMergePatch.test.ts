import { mergePatch } from './mergePatch';
import { schemaOf } from './schema';
import { strategicMergePatch } from './strategicMergePatch';

describe('strategicMergePatch', () => {
  const schema = schemaOf('Pod');
  const pod = {
    metadata: { labels: { a: '1', b: '2' }, finalizers: ['x'] },
    spec: {
      containers: [
        { name: 'c', image: 'i:1', env: [{ name: 'A', value: '1' }] },
        { name: 'd', image: 'j:1' },
      ],
      tolerations: [{ key: 'k' }],
    },
  };

  it.each([
    [
      'merges containers by name',
      { spec: { containers: [{ name: 'c', image: 'i:2' }] } },
      (result: any) =>
        expect(result.spec.containers).toEqual([
          { name: 'c', image: 'i:2', env: [{ name: 'A', value: '1' }] },
          { name: 'd', image: 'j:1' },
        ]),
    ],
    [
      'deletes an item',
      { spec: { containers: [{ name: 'd', $patch: 'delete' }] } },
      (result: any) => expect(result.spec.containers).toHaveLength(1),
    ],
    [
      'replaces a list',
      { spec: { containers: [{ $patch: 'replace' }, { name: 'z' }] } },
      (result: any) => expect(result.spec.containers).toEqual([{ name: 'z' }]),
    ],
    [
      'orders a list',
      {
        spec: { '$setElementOrder/containers': [{ name: 'd' }, { name: 'c' }] },
      },
      (result: any) =>
        expect(result.spec.containers.map((entry: any) => entry.name)).toEqual([
          'd',
          'c',
        ]),
    ],
    [
      'replaces what is atomic',
      { spec: { tolerations: [{ key: 'z' }] } },
      (result: any) => expect(result.spec.tolerations).toEqual([{ key: 'z' }]),
    ],
    [
      'removes a field by null',
      { metadata: { labels: { a: null, c: '3' } } },
      (result: any) =>
        expect(result.metadata.labels).toEqual({ b: '2', c: '3' }),
    ],
    [
      'adds to a set and deletes from it',
      {
        metadata: {
          finalizers: ['y'],
          '$deleteFromPrimitiveList/finalizers': ['x'],
        },
      },
      (result: any) => expect(result.metadata.finalizers).toEqual(['y']),
    ],
  ])('%s', (_what, patch, check) => {
    check(strategicMergePatch(schema, pod, patch));
    expect(pod.spec.containers).toHaveLength(2);
  });

  it('refuses an item without its merge key', () => {
    expect(() =>
      strategicMergePatch(schema, pod, { spec: { containers: [{}] } }),
    ).toThrow('does not contain declared merge key: name');
  });
});

describe('mergePatch', () => {
  it('never touches a prototype', () => {
    const patch = JSON.parse('{"__proto__": {"polluted": true}}');
    mergePatch({}, patch);
    strategicMergePatch({}, {}, patch);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
