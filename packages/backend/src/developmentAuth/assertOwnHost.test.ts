import { assertOwnHost } from './assertOwnHost';

describe('assertOwnHost', () => {
  it.each([
    'portal.test',
    'portal.test:7007',
    'PORTAL.test',
    'localhost:7007',
    '127.0.0.1:7007',
    '127.1.2.3',
    '[::1]:7007',
  ])('accepts %s', host => {
    expect(() => assertOwnHost(host, 'portal.test')).not.toThrow();
  });

  it.each([
    undefined,
    '',
    'evil.example:7007',
    'portal.test.evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'evil.example@localhost',
    'localhost/evil.example',
    'localhost:port',
    '192.168.1.1:7007',
    '[::ffff:192.168.1.1]',
  ])('attack 13: refuses %s', host => {
    expect(() => assertOwnHost(host, 'portal.test')).toThrow(
      'answers only on portal.test and loopback addresses',
    );
  });
});
