import fc from 'fast-check';
import { aConnectQuery } from '../../../__testUtils__/kubectl';
import { callbackUrl, parseConnectLink, typedCode } from './connectLink';

const DEVICE = { id: '01KBDEV0000000000000000001', code: 'c'.repeat(43) };
const STATE = 's'.repeat(43);
const ANY_CALLBACK = { port: 1024, state: STATE };

const parse = (changes: Record<string, string | undefined> = {}) =>
  parseConnectLink(aConnectQuery(changes));

describe('parseConnectLink', () => {
  it('reads the link of a computer with a browser', () => {
    expect(parse()).toEqual({
      request: {
        publicKey: {
          kty: 'EC',
          crv: 'P-256',
          x: expect.stringMatching(/^.{43}$/),
          y: expect.stringMatching(/^.{43}$/),
        },
        name: 'laptop-x',
        system: 'linux',
        version: '0.1.0',
      },
      callback: { port: 54321, state: STATE },
    });
  });

  it('reads the link of a computer without a browser', () => {
    const link = parse({ port: undefined, state: undefined });
    expect(link?.request.name).toBe('laptop-x');
    expect(link?.callback).toBeUndefined();
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['no key', { key: undefined }],
    ['half a key', { key: 'a'.repeat(43) }],
    [
      'three coordinates',
      { key: ['a', 'b', 'c'].map(c => c.repeat(43)).join('.') },
    ],
    ['a short coordinate', { key: `${'a'.repeat(42)}.${'b'.repeat(43)}` }],
    ['no name', { name: undefined }],
    ['an empty name', { name: ' ' }],
    ['a name of two lines', { name: 'a\nb' }],
    ['a name that changes the direction of text', { name: 'a\u202eb' }],
    ['a long name', { name: 'a'.repeat(65) }],
    ['no system', { system: undefined }],
    ['no version', { version: undefined }],
    ['a port without a state', { state: undefined }],
    ['a state without a port', { port: undefined }],
    ['a short state', { state: 'abc' }],
    ['a state with other characters', { state: `${'s'.repeat(42)}&` }],
    ['a privileged port', { port: '1023' }],
    ['a port out of range', { port: '65536' }],
    ['a port with a host', { port: '8080@evil.example.com' }],
    ['a port with a path', { port: '8080/x' }],
    ['a signed port', { port: '+8080' }],
    ['a port with a leading zero', { port: '08080' }],
    ['a port in another notation', { port: '1e4' }],
    ['an empty port', { port: '' }],
  ])('refuses %s', (_, changes) => {
    expect(parse(changes)).toBeUndefined();
  });

  it('refuses a repeated part', () => {
    const parameters = aConnectQuery();
    parameters.append('port', '8080');
    expect(parseConnectLink(parameters)).toBeUndefined();
  });
});

describe('callbackUrl', () => {
  it('S49: leads only to this computer, whatever the link says', () => {
    const text = fc.oneof(
      fc.string(),
      fc.integer({ min: 0, max: 70_000 }).map(String),
      fc.constantFrom('8080@evil.example.com', '8080.evil.example.com'),
    );
    fc.assert(
      fc.property(text, fc.oneof(text, fc.constant(STATE)), (port, state) => {
        const { callback } = parse({ port, state }) ?? {};
        const { protocol, hostname, pathname } = new URL(
          callbackUrl(callback ?? ANY_CALLBACK, DEVICE),
        );
        expect(`${protocol}//${hostname}${pathname}`).toBe(
          'http://127.0.0.1/callback',
        );
      }),
    );
    expect(callbackUrl({ port: 54321, state: STATE }, DEVICE)).toBe(
      `http://127.0.0.1:54321/callback?id=${DEVICE.id}&code=${DEVICE.code}&state=${STATE}`,
    );
  });

  it.each([80, 65536, 1024.5, NaN])('S49: refuses the port %p', port => {
    expect(() => callbackUrl({ port, state: STATE }, DEVICE)).toThrow(
      'must be valid',
    );
  });
});

it('writes the code to type with the device in front', () => {
  expect(typedCode(DEVICE)).toBe(`${DEVICE.id}.${DEVICE.code}`);
});
