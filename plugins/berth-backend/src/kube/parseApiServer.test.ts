import { AddressPolicy } from '@berth/plugin-berth-node';
import { parseApiServer } from './parseApiServer';

const strict = AddressPolicy.create();
const lenient = AddressPolicy.create({ allow: ['127.0.0.0/8'] });

describe('parseApiServer', () => {
  it.each([
    ['https://api.example.com', 'https://api.example.com'],
    ['  https://api.example.com/\n', 'https://api.example.com'],
    ['HTTPS://API.Example.com:6443/', 'https://api.example.com:6443'],
    ['https://api.example.com:443', 'https://api.example.com'],
    ['https://10.0.0.1:6443', 'https://10.0.0.1:6443'],
    ['https://[FD12::1]:6443', 'https://[fd12::1]:6443'],
    [
      'https://rancher.example.com/k8s/clusters/c-m-1/',
      'https://rancher.example.com/k8s/clusters/c-m-1',
    ],
    ['https://localhost.example.com', 'https://localhost.example.com'],
  ])('takes %j as %s', (typed, expected) => {
    expect(parseApiServer(typed, strict)).toBe(expected);
  });

  it.each([
    ['', 'must begin with https://'],
    ['api.example.com', 'must begin with https://'],
    ['http://api.example.com', 'must begin with https://'],
    ['https://admin@api.example.com', 'user name or password'],
    ['https://api.example.com?x=1', 'query or fragment'],
    ['https://api.example.com/#a', 'query or fragment'],
    ['https://api.example.com/a/../b', '. or .. in its path'],
    ['https://api.example.com/./b', '. or .. in its path'],
    ['https://api.example.com/%2e%2e/b', 'may only have a path'],
    ['https://api.example.com//b', 'may only have a path'],
    ['https://api.example.com\\@evil.example', 'may only have a path'],
    ['https://api.exa\tmple.com', 'must name a host'],
    ['https://api.exa\nmple.com', 'must name a host'],
    ['https://%31%32%37.0.0.1', 'must name a host'],
    ['https://１２７.0.0.1', 'must name a host'],
    ['https://', 'must name a host'],
    ['https://:6443', 'must name a host'],
    ['https://api.example.com:99999', 'must name a host'],
    ['https://2130706433', 'in the usual form, 127.0.0.1'],
    ['https://0x7f000001', 'in the usual form, 127.0.0.1'],
    ['https://0177.0.0.1', 'in the usual form, 127.0.0.1'],
    ['https://127.1', 'in the usual form, 127.0.0.1'],
    ['https://127.0.0.1', 'loopback'],
    ['https://[::1]:6443', 'loopback'],
    ['https://[::ffff:127.0.0.1]', 'IPv4-mapped'],
    ['https://169.254.169.254', 'metadata'],
    ['https://0.0.0.0:6443', 'unspecified'],
    ['https://localhost:6443', 'loopback'],
    ['https://a.localhost', 'loopback'],
    ['https://localhost.', 'loopback'],
    [`https://${'a'.repeat(2050)}`, 'longer than'],
  ])('S22 refuses %j: %s', (typed, rule) => {
    expect(() => parseApiServer(typed, strict)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(/^apiServer "/),
      }),
    );
    expect(() => parseApiServer(typed, strict)).toThrow(rule);
  });

  it('S22 accepts loopback where the configuration allows it, but never an encoded form', () => {
    expect(parseApiServer('https://127.0.0.1:6443', lenient)).toBe(
      'https://127.0.0.1:6443',
    );
    expect(parseApiServer('https://localhost:6443', lenient)).toBe(
      'https://localhost:6443',
    );
    expect(() => parseApiServer('https://2130706433', lenient)).toThrow(
      'usual form',
    );
  });

  it.each([
    'https://admin:hunter2@api.example.com',
    'https://admin:hun/hunter2@api.example.com',
    'https://api.example.com/?token=hunter2',
  ])('S46 does not repeat the secret in %s', typed => {
    expect(() => parseApiServer(typed, strict)).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining('hunter2'),
      }),
    );
  });
});
