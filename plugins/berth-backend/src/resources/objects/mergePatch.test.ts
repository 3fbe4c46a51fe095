import { conflictsOf, mergePatch, pathText } from './mergePatch';

describe('mergePatch', () => {
  it.each([
    ['nothing', { a: { b: 1 } }, { a: { b: 1 } }, {}],
    ['a value', { a: { b: 1, c: 2 } }, { a: { b: 3, c: 2 } }, { a: { b: 3 } }],
    ['a removal', { a: { b: 1, c: 2 } }, { a: { c: 2 } }, { a: { b: null } }],
    ['a null', { a: 1 }, { a: null }, { a: null }],
    ['a null that was there', { a: null }, { a: null }, {}],
    ['a new object', {}, { a: { b: 1 } }, { a: { b: 1 } }],
    ['a list as a whole', { a: [1, 2] }, { a: [1, 3] }, { a: [1, 3] }],
    [
      'an object in place of a text',
      { a: 'x' },
      { a: { b: 1 } },
      { a: { b: 1 } },
    ],
    ['the names of prototypes', {}, { constructor: 'x' }, { constructor: 'x' }],
    ['the removal of such a name', { toString: 'x' }, {}, { toString: null }],
  ])('holds %s', (_, base, typed, patch) => {
    expect(mergePatch(base, typed)).toEqual(patch);
  });
});

describe('conflictsOf', () => {
  const BASE = { spec: { replicas: 1, paused: false, list: [1] } };

  it.each([
    ['nobody else changed anything', { spec: { replicas: 2 } }, BASE, []],
    [
      'others changed another field',
      { spec: { replicas: 2 } },
      { spec: { ...BASE.spec, paused: true } },
      [],
    ],
    [
      'others made the same change',
      { spec: { replicas: 2 } },
      { spec: { ...BASE.spec, replicas: 2 } },
      [],
    ],
    [
      'others changed the field',
      { spec: { replicas: 2 } },
      { spec: { ...BASE.spec, replicas: 5 } },
      [{ path: ['spec', 'replicas'], base: 1, theirs: 5, yours: 2 }],
    ],
    [
      'others changed what is removed',
      { spec: { replicas: null } },
      { spec: { ...BASE.spec, replicas: 5 } },
      [{ path: ['spec', 'replicas'], base: 1, theirs: 5, yours: undefined }],
    ],
    [
      'others removed the object around it',
      { spec: { replicas: 2 } },
      {},
      [
        {
          path: ['spec'],
          base: BASE.spec,
          theirs: undefined,
          yours: { replicas: 2 },
        },
      ],
    ],
    [
      'others changed the same list',
      { spec: { list: [1, 2] } },
      { spec: { ...BASE.spec, list: [1, 3] } },
      [{ path: ['spec', 'list'], base: [1], theirs: [1, 3], yours: [1, 2] }],
    ],
    [
      'others added the same field',
      { spec: { added: 'a' } },
      { spec: { ...BASE.spec, added: 'b' } },
      [{ path: ['spec', 'added'], base: undefined, theirs: 'b', yours: 'a' }],
    ],
  ])('if %s', (_, patch, live, conflicts) => {
    expect(conflictsOf(patch, BASE, live)).toEqual(conflicts);
  });

  it('writes paths as people read them', () => {
    expect(pathText(['spec', 'replicas'])).toBe('spec.replicas');
    expect(pathText(['metadata', 'annotations', 'a.b/c'])).toBe(
      'metadata.annotations["a.b/c"]',
    );
  });
});
