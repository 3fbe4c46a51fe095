import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;
type Range = [Address, number];

const ALLOW_SETTING = 'berth.allowedAddresses';

/**
 * The addresses where clouds give a machine's credentials to any process on the machine. Link-local addresses are
 * refused anyway; listing them gives a better message.
 */
const METADATA: ReadonlySet<string> = new Set(
  [
    '169.254.169.254', // AWS, Azure, Google, OpenStack, …
    '169.254.170.2', // AWS ECS
    '100.100.100.200', // Alibaba
    '168.63.129.16', // Azure WireServer
    '192.0.0.192', // Oracle
    'fd00:ec2::254', // AWS
    'fd20:ce::254', // Google
    'fd00:42::42', // Scaleway
  ].map(address => ipaddr.parse(address).toNormalizedString()),
);

/** The ranges that clusters may be in. Every other range of the IANA registries is refused. */
const ORDINARY: ReadonlySet<string> = new Set([
  'unicast',
  'private',
  'carrierGradeNat',
  'uniqueLocal',
]);

const RANGE_TEXTS: Record<string, string> = {
  loopback: 'a loopback address',
  linkLocal: 'a link-local address',
  unspecified: 'an unspecified address',
  multicast: 'a multicast address',
  broadcast: 'the broadcast address',
  ipv4Mapped: 'an IPv4-mapped IPv6 address',
};

/**
 * Decides which addresses the portal may connect to. A typing error of a platform admin, or a name that its owner
 * later points to another address, must not make the portal send its token to its own machine or to a cloud's
 * metadata service.
 *
 * @public
 */
export class AddressPolicy {
  readonly #allowed: Range[];

  /** @param options - `allow`: CIDR ranges to allow although the policy would refuse them */
  static create(options: { allow?: string[] } = {}): AddressPolicy {
    return new AddressPolicy((options.allow ?? []).map(parseRange));
  }

  /** Reads `berth.allowedAddresses`. */
  static fromConfig(config: Config): AddressPolicy {
    return AddressPolicy.create({
      allow: config.getOptionalStringArray(ALLOW_SETTING),
    });
  }

  private constructor(allowed: Range[]) {
    this.#allowed = allowed;
  }

  /**
   * Explains why the portal may not connect to an address.
   *
   * @param address - an IP address as text, without brackets
   * @returns undefined if the portal may connect to the address
   */
  refusal(address: string): string | undefined {
    if (!ipaddr.isValid(address)) {
      return `${address} is not an IP address`;
    }
    const parsed = ipaddr.parse(address);
    const words = addressProblem(parsed);
    if (!words || this.#allows(parsed)) {
      return undefined;
    }
    return `${address} is ${words}; the portal does not connect there unless its range is listed in ${ALLOW_SETTING}`;
  }

  #allows(address: Address): boolean {
    // An allowed IPv4 range also allows its addresses in IPv6 notation.
    const written = [address, embeddedIPv4(address)];
    return this.#allowed.some(([network, bits]) =>
      written.some(
        one => one?.kind() === network.kind() && one.match(network, bits),
      ),
    );
  }
}

function addressProblem(address: Address): string | undefined {
  if (METADATA.has(address.toNormalizedString())) {
    return 'a cloud metadata address';
  }
  const range = address.range();
  if (range === 'rfc6052') {
    // In an IPv6-only network with NAT64, the embedded IPv4 address is the target.
    const target = embeddedIPv4(address);
    return target && addressProblem(target);
  }
  if (range === 'unicast' && !isGlobal(address)) {
    return 'outside the ranges in use';
  }
  if (ORDINARY.has(range)) {
    return undefined;
  }
  return RANGE_TEXTS[range] ?? `in a reserved range (${range})`;
}

/** IPv6 has one global range; old forms outside it, such as `::7f00:1`, embed IPv4 addresses. */
function isGlobal(address: Address): boolean {
  return (
    address.kind() === 'ipv4' || address.match(ipaddr.parseCIDR('2000::/3'))
  );
}

function embeddedIPv4(address: Address): ipaddr.IPv4 | undefined {
  if (!(address instanceof ipaddr.IPv6)) {
    return undefined;
  }
  if (address.isIPv4MappedAddress()) {
    return address.toIPv4Address();
  }
  return address.range() === 'rfc6052'
    ? new ipaddr.IPv4(address.toByteArray().slice(-4))
    : undefined;
}

function parseRange(cidr: string): Range {
  try {
    return ipaddr.parseCIDR(cidr);
  } catch {
    throw new InputError(
      `${ALLOW_SETTING} holds ${JSON.stringify(
        cidr,
      )}, which is not a CIDR range such as 127.0.0.0/8`,
    );
  }
}
