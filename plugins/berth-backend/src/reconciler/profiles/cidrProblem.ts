import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Range = ReturnType<typeof ipaddr.parseCIDR>;

const FORM = /^([0-9a-f:.]+)\/(0|[1-9]\d{0,2})$/i;

/**
 * Says what is wrong with the text of a CIDR range. Bits beyond its prefix are refused: what a network plugin
 * makes of them is its own affair.
 *
 * @returns undefined if nothing is
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
 * Says why a range cannot be left out of another one. Nothing is said of texts that are no ranges.
 *
 * @returns undefined if it can be
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

function isWithin([address, bits]: Range, outer: Range): boolean {
  return (
    address.kind() === outer[0].kind() &&
    bits > outer[1] &&
    address.match(outer[0], outer[1])
  );
}

/** Only as Go reads them, too: no leading zeros, no hexadecimal IPv4, no IPv4 within IPv6. */
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
