import { lookup as systemLookup } from 'node:dns';
import { X509Certificate } from 'node:crypto';
import { isIP, LookupFunction } from 'node:net';
import { PeerCertificate, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { AddressPolicy } from './AddressPolicy';
import { AddressRefusedError } from './classifyFailure';
import { CaUnreadableError } from './tlsMessages';
import { KubeTarget } from './types';

/**
 * Makes the function that opens sockets to one API server. Every connection passes through it, so this
 * is where the address is judged: a name is judged by what it resolves to at that moment, and the
 * socket goes to that very address, so there is nothing to rebind in between.
 *
 * @public
 */
export function createConnector(options: {
  target: KubeTarget;
  policy: AddressPolicy;
  timeout: number;
  lookup?: LookupFunction;
}): buildConnector.connector {
  const { target, policy, timeout, lookup } = options;
  const connect = buildConnector({
    ca: target.caPem,
    // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED=0 cannot turn it off.
    rejectUnauthorized: true,
    // As Go does: a given certificate is an anchor even where another CA signed it.
    allowPartialTrustChain: true,
    minVersion: 'TLSv1.2',
    // A resumed session would skip the verification of a certificate that has expired since.
    maxCachedSessions: 0,
    timeout,
    lookup: guardedLookup(policy, lookup ?? systemLookup),
  });

  return (connection, callback) => {
    const address = connection.hostname.replace(/^\[|\]$/g, '');
    const refusal = isIP(address) ? policy.refusal(address) : undefined;
    const problem = refusal
      ? new AddressRefusedError(refusal)
      : unreadable(target.caPem);
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
      // Node destroys the socket of a refused certificate before anyone can ask what was wrong with it.
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

/** Node takes an empty bundle for "the public CAs" and a broken one for "none", both in silence. */
function unreadable(caPem: string): Error | undefined {
  try {
    return new X509Certificate(caPem).raw.length > 0
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
