import fc from 'fast-check';
import { storedSecretIn } from './storedSecretIn';

/** Writes a field of bytes as Protobuf does. */
const field = (number: number, content: Buffer | string): Buffer => {
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.from([number * 8 + 2, ...varint(bytes.length)]),
    bytes,
  ]);
};
function varint(value: number): number[] {
  return value < 128
    ? [value]
    : [128 + (value % 128), ...varint(Math.floor(value / 128))];
}
const body = (secret: Buffer) =>
  Buffer.concat([
    Buffer.from('k8s\0', 'latin1'),
    field(1, Buffer.concat([field(1, 'v1'), field(2, 'Secret')])),
    field(2, secret),
  ]);
const entry = (key: string, value: Buffer) =>
  field(2, Buffer.concat([field(1, key), field(2, value)]));

describe('storedSecretIn', () => {
  it('reads the name and the data of a Secret, of any length', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 300 }),
        fc.uint8Array({ maxLength: 20_000 }),
        (name, bytes) => {
          const release = Buffer.from(bytes);
          const secret = Buffer.concat([
            field(1, Buffer.concat([field(1, name), field(3, 'shop')])),
            entry('release', release),
            entry('other', Buffer.from('x')),
            field(3, 'helm.sh/release.v1'),
            // A number.
            Buffer.from([5 * 8, 1]),
          ]);
          expect(storedSecretIn(body(secret))).toEqual({
            metadata: { name },
            data: { release: release.toString('base64'), other: 'eA==' },
          });
        },
      ),
    );
  });

  it('reads JSON', () => {
    const secret = { metadata: { name: 'web' }, data: { release: 'eA==' } };
    expect(storedSecretIn(Buffer.from(JSON.stringify(secret)))).toEqual(secret);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('text')],
    ['a list', Buffer.from('"a"')],
    ['a message without its end', body(field(1, 'web')).subarray(0, -2)],
    ['groups, which Kubernetes does not use', body(Buffer.from([1 * 8 + 3]))],
    ['a number without its end', body(Buffer.alloc(12, 0xff))],
  ])('returns undefined for %s', (_, bytes) => {
    expect(storedSecretIn(bytes)).toBeUndefined();
  });
});
