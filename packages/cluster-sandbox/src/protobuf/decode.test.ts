import { decodeProtobuf } from './decode';

const NAMESPACE_BY_KUBECTL =
  '6b3873000a0f0a02763112094e616d657370616365121b0a130a03666f6f12001a0022002a0032003800420012001a020a001a002200';

describe('decodeProtobuf', () => {
  it('reads the body of kubectl create namespace', () => {
    expect(decodeProtobuf(Buffer.from(NAMESPACE_BY_KUBECTL, 'hex'))).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'foo' },
    });
  });

  it.each([
    ['no magic number', '0a'],
    ['cut off', NAMESPACE_BY_KUBECTL.slice(0, 60)],
    ['a length beyond the end', '6b3873000aff'],
  ])('refuses a body with %s', (_what, hex) => {
    expect(() => decodeProtobuf(Buffer.from(hex, 'hex'))).toThrow(
      expect.objectContaining({ code: expect.any(Number) }),
    );
  });

  it('never drops an unknown field', () => {
    // Namespace with a field 9 of one byte.
    const raw = Buffer.from([0x4a, 0x01, 0x78]);
    const meta = Buffer.from('0a02763112094e616d657370616365', 'hex');
    const body = Buffer.concat([
      Buffer.from('k8s\0'),
      Buffer.from([0x0a, meta.length]),
      meta,
      Buffer.from([0x12, raw.length]),
      raw,
    ]);
    expect(() => decodeProtobuf(body)).toThrow(
      expect.objectContaining({ code: 415 }),
    );
  });
});
