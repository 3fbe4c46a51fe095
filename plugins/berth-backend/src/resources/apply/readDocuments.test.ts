import { emptiedKeys } from './readDocuments';

const secret = (fields: object) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's' },
  ...fields,
});

describe('emptiedKeys', () => {
  it('S57 names the values of a Secret that a copy of the page would empty', () => {
    const live = secret({ data: { a: 'YQ==', b: 'Yg==', none: '' } });
    expect(
      emptiedKeys(
        secret({
          data: { a: '', none: '', new: '' },
          stringData: { a: 'x', b: '', new: '' },
        }),
        live,
      ),
    ).toEqual(['data "a"', 'stringData "b"']);
    expect(emptiedKeys(secret({ stringData: { a: '' } }), undefined)).toEqual(
      [],
    );
  });
});
