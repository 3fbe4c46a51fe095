import { lookup as systemLookup } from 'node:dns';
import { X509Certificate } from 'node:crypto';
import { isIP, LookupFunction } from 'node:net';
import { PeerCertificate, rootCertificates, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { AddressPolicy } from './AddressPolicy';
import { AddressRefusedError } from './classifyFailure';
import { CaUnreadableError } from './tlsMessages';
import { KubeTarget } from './types';

/**
 * The CAs to trust: one, or the public ones and perhaps one more.
 *
 * @public
 */
export type ConnectorTrust =
  | Pick<KubeTarget, 'caPem'>
  | { publicCas: true; caPem?: string };

/**
 * Creates the function that opens sockets to one server. Every connection passes through it, so it applies the
 * address policy. For a name, it checks the addresses that the name resolves to, and connects to one of exactly those
 * addresses, so that DNS rebinding is not possible.
 *
 * @param options - `target`: the CA to trust. API servers have a CA of their own; `publicCas` adds the public ones
 * @public
 */
export function createConnector(options: {
  target: ConnectorTrust;
  policy: AddressPolicy;
  timeout: number;
  lookup?: LookupFunction;
}): buildConnector.connector {
  const { target, policy, timeout, lookup } = options;
  const connect = buildConnector({
    ca: trustedBy(target),
    // Set explicitly, so that NODE_TLS_REJECT_UNAUTHORIZED=0 cannot disable it.
    rejectUnauthorized: true,
    // As in Go, a given certificate is a trust anchor even if another CA signed it.
    allowPartialTrustChain: true,
    minVersion: 'TLSv1.2',
    // A resumed session would not verify a certificate that has expired since.
    maxCachedSessions: 0,
    timeout,
    lookup: guardedLookup(policy, lookup ?? systemLookup),
  });

  return (connection, callback) => {
    const address = connection.hostname.replace(/^\[|\]$/g, '');
    const refusal = isIP(address) ? policy.refusal(address) : undefined;
    const problem = refusal
      ? new AddressRefusedError(refusal)
      : unreadableCa(target);
    if (problem) {
      callback(problem, null);
      return;
    }
    let certificate: PeerCertificate | undefined;
    const socket: unknown = connect(connection, (error, opened) => {
      if (error) {
        callback(withCertificate(error, certificate), null);
      } else {
        callback(null, opened);
      }
    });
    if (socket instanceof TLSSocket) {
      // Node destroys the socket of a refused certificate before the error handler can read the certificate.
      socket.prependListener('secure', () => {
        certificate = socket.getPeerCertificate();
      });
    }
  };
}

/** Resolves a name to those of its addresses that the policy allows. */
function guardedLookup(
  policy: AddressPolicy,
  lookup: LookupFunction,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, []);
        return;
      }
      const addresses = Array.isArray(found)
        ? found
        : [{ address: found, family: isIP(found) }];
      const allowed = addresses.filter(one => !policy.refusal(one.address));
      if (!allowed.length) {
        const refusals = addresses.map(one => policy.refusal(one.address));
        callback(
          new AddressRefusedError(
            `it resolves to ${refusals[0] ?? 'no address'}`,
          ),
          [],
        );
      } else if (options.all) {
        callback(null, allowed);
      } else {
        callback(null, allowed[0].address, allowed[0].family);
      }
    });
  };
}

/** Returns the CAs to trust; undefined for those that Node trusts. */
function trustedBy(target: ConnectorTrust): string[] | undefined {
  if (!('publicCas' in target)) {
    return [target.caPem];
  }
  return target.caPem === undefined
    ? undefined
    : [...rootCertificates, target.caPem];
}

/** Node treats an empty bundle as "the public CAs" and a broken one as "none", both without an error. */
function unreadableCa(target: ConnectorTrust): Error | undefined {
  if ('publicCas' in target && target.caPem === undefined) {
    return undefined;
  }
  try {
    return new X509Certificate(target.caPem ?? '').raw.length > 0
      ? undefined
      : new CaUnreadableError();
  } catch {
    return new CaUnreadableError();
  }
}

function withCertificate(
  error: Error,
  certificate: PeerCertificate | undefined,
): Error {
  return certificate && !('cert' in error)
    ? Object.assign(error, { cert: certificate })
    : error;
}
