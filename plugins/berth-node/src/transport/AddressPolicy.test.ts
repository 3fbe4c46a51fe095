import { ConfigReader } from '@backstage/config';
import { AddressPolicy } from './AddressPolicy';

const strict = AddressPolicy.create();

describe('AddressPolicy', () => {
  it.each([
    ['127.0.0.1', 'a loopback address'],
    ['127.255.0.9', 'a loopback address'],
    ['::1', 'a loopback address'],
    ['0.0.0.0', 'an unspecified address'],
    ['0.1.2.3', 'an unspecified address'],
    ['::', 'an unspecified address'],
    ['169.254.0.5', 'a link-local address'],
    ['fe80::1', 'a link-local address'],
    ['fe80::1%eth0', 'a link-local address'],
    ['224.0.0.1', 'a multicast address'],
    ['ff02::1', 'a multicast address'],
    ['255.255.255.255', 'the broadcast address'],
    ['240.0.0.1', 'in a reserved range'],
    ['169.254.169.254', 'a cloud metadata address'],
    ['169.254.170.2', 'a cloud metadata address'],
    ['100.100.100.200', 'a cloud metadata address'],
    ['168.63.129.16', 'a cloud metadata address'],
    ['192.0.0.192', 'a cloud metadata address'],
    ['fd00:ec2::254', 'a cloud metadata address'],
    ['fd00:0ec2:0:0:0:0:0:0254', 'a cloud metadata address'],
    ['fd20:ce::254', 'a cloud metadata address'],
    ['::ffff:127.0.0.1', 'an IPv4-mapped IPv6 address'],
    ['::ffff:a9fe:a9fe', 'an IPv4-mapped IPv6 address'],
    ['::ffff:10.0.0.1', 'an IPv4-mapped IPv6 address'],
    ['64:ff9b::169.254.169.254', 'a cloud metadata address'],
    ['64:ff9b::7f00:1', 'a loopback address'],
    ['2002:7f00:1::', 'in a reserved range'],
    ['::7f00:1', 'outside the ranges in use'],
    ['not an address', 'not an IP address'],
  ])('S22 S23 refuses %s: %s', (address, words) => {
    expect(strict.refusal(address)).toContain(words);
  });

  it.each([
    '10.0.0.1',
    '172.16.4.1',
    '192.168.1.1',
    '100.64.0.1',
    '203.0.112.7',
    '8.8.8.8',
    'fd12:3456::1',
    '2a00:1450::1',
    '64:ff9b::808:808',
  ])('accepts %s, where clusters live', address => {
    expect(strict.refusal(address)).toBeUndefined();
  });

  it('S22 accepts addresses in an allowed range, in any notation, and no others', () => {
    const policy = AddressPolicy.create({ allow: ['127.0.0.0/16', '::1/128'] });
    expect(policy.refusal('127.0.4.1')).toBeUndefined();
    expect(policy.refusal('::ffff:127.0.0.1')).toBeUndefined();
    expect(policy.refusal('::1')).toBeUndefined();
    expect(policy.refusal('127.1.0.1')).toContain('berth.allowedAddresses');
    expect(policy.refusal('169.254.169.254')).toContain('metadata');
  });

  it('reads the configuration and refuses an invalid range', () => {
    const config = (allow: string[]) =>
      new ConfigReader({ berth: { allowedAddresses: allow } });
    expect(
      AddressPolicy.fromConfig(config(['127.0.0.0/8'])).refusal('127.0.0.1'),
    ).toBeUndefined();
    expect(
      AddressPolicy.fromConfig(new ConfigReader({})).refusal('127.0.0.1'),
    ).toBeDefined();
    expect(() => AddressPolicy.fromConfig(config(['localhost']))).toThrow(
      'berth.allowedAddresses holds "localhost", which is not a CIDR range',
    );
  });
});
