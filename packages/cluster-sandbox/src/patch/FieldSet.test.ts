import fc from 'fast-check';
import { describePath, FieldSet } from './FieldSet';

describe('FieldSet', () => {
  it('reads and writes FieldsV1', () => {
    const fields = {
      'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } },
      'f:spec': {
        'f:containers': { 'k:{"name":"c"}': { '.': {}, 'f:image': {} } },
        'f:finalizers': { 'v:"x"': {} },
      },
    };
    expect(FieldSet.fromFields(fields).toFields()).toEqual(fields);
  });

  it('survives FieldsV1 with any paths', () => {
    const element = fc
      .string({ minLength: 1 })
      .filter(text => !text.includes('\0'))
      .map(text => `f:${text}`);
    fc.assert(
      fc.property(
        fc.array(fc.array(element, { minLength: 1, maxLength: 4 })),
        paths => {
          const set = new FieldSet();
          paths.forEach(path => set.add(path));
          const again = FieldSet.fromFields(set.toFields());
          expect(again.equals(set)).toBe(true);
        },
      ),
    );
  });

  it('describes a path in readable form', () => {
    expect(
      describePath(['f:spec', 'f:containers', 'k:{"name":"c"}', 'f:image']),
    ).toBe('.spec.containers[name="c"].image');
  });
});
