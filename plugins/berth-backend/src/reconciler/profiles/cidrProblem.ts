import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Range = ReturnType<typeof ipaddr.parseCIDR>;

const FORM = /^([0-9a-f:.]+)\/(0|[1-9]\d{0,2})$/i;

/**
 * Checks a CIDR range. Bits beyond its prefix are refused, because network plugins treat them differently.
 *
 * @returns the problem, or undefined
 */
export function cidrProblem(text: string): string | undefined {
  const range = readCidr(text);
  if (!range) {
    return 'must be a CIDR range, such as 10.0.0.0/8 or fd00::/8';
  }
  const network = networkOf(range);
  return network.toString() === range[0].toString()
    ? undefined
    : `must have no bits set beyond its prefix, as ${network}/${range[1]} has none`;
}

/**
 * Checks whether a range can be excluded from another one. Texts that are not ranges have no problem here.
 *
 * @returns the problem, or undefined
 */
export function exceptionProblem(
  exception: string,
  cidr: string,
): string | undefined {
  const [inner, outer] = [readCidr(exception), readCidr(cidr)];
  return !inner || !outer || isWithin(inner, outer)
    ? undefined
    : `must lie within ${cidr} and be smaller`;
}

/** Returns whether two texts mean the same range. */
export function isSameRange(one: string, other: string): boolean {
  const [first, second] = [readCidr(one), readCidr(other)];
  return (
    first !== undefined &&
    second !== undefined &&
    first[1] === second[1] &&
    first[0].toString() === second[0].toString()
  );
}

function isWithin([address, bits]: Range, outer: Range): boolean {
  return (
    address.kind() === outer[0].kind() &&
    bits > outer[1] &&
    address.match(outer[0], outer[1])
  );
}

/** Reads a range as Go does: no leading zeros, no hexadecimal IPv4, no IPv4 within IPv6. */
function readCidr(text: string): Range | undefined {
  const [, address = '', bits = ''] = FORM.exec(text) ?? [];
  const version = isIP(address);
  const isPlain = version === 4 || (version === 6 && !address.includes('.'));
  return isPlain && Number(bits) <= (version === 4 ? 32 : 128)
    ? ipaddr.parseCIDR(text)
    : undefined;
}

function networkOf([address, bits]: Range) {
  const cidr = `${address}/${bits}`;
  return address.kind() === 'ipv4'
    ? ipaddr.IPv4.networkAddressFromCIDR(cidr)
    : ipaddr.IPv6.networkAddressFromCIDR(cidr);
}
