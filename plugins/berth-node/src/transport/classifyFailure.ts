import { KubeError } from './KubeError';
import { describeCertificateError, isTlsCode } from './tlsMessages';
import { KubeFailure } from './types';

/** The shape of an error from the socket layer. Any field may be missing. */
export interface LowLevelError {
  name?: string;
  code?: string | number;
  message?: string;
  errors?: unknown[];
}

/** The policy refuses all addresses of the server. */
export class AddressRefusedError extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

const CODES: Record<string, [KubeFailure, string]> = {
  ENOTFOUND: ['DNS', 'its name does not resolve'],
  EAI_AGAIN: ['DNS', 'the name server does not answer'],
  EAI_FAIL: ['DNS', 'the name server answers with an error'],
  EAI_NODATA: ['DNS', 'its name has no address'],
  EAI_NONAME: ['DNS', 'its name does not resolve'],
  ENODATA: ['DNS', 'its name has no address'],
  ECONNREFUSED: ['TCP', 'nothing listens on that port'],
  ECONNRESET: ['TCP', 'the connection was reset'],
  EPIPE: ['TCP', 'the connection was closed'],
  UND_ERR_SOCKET: ['TCP', 'the connection was closed in mid-answer'],
  UND_ERR_DESTROYED: ['TCP', 'the portal is closing its connections'],
  UND_ERR_CLOSED: ['TCP', 'the portal is closing its connections'],
  EHOSTUNREACH: ['TCP', 'there is no route to it'],
  ENETUNREACH: ['TCP', 'there is no route to its network'],
  EADDRNOTAVAIL: ['TCP', 'there is no route to it'],
  ETIMEDOUT: ['Timeout', 'no connection came about in time'],
  UND_ERR_CONNECT_TIMEOUT: ['Timeout', 'no connection came about in time'],
  UND_ERR_HEADERS_TIMEOUT: ['Timeout', 'it accepted the call but said nothing'],
  UND_ERR_BODY_TIMEOUT: ['Timeout', 'it stopped in the middle of its answer'],
  UND_ERR_HEADERS_OVERFLOW: ['Protocol', 'its answer has oversized headers'],
};

/**
 * Explains why a call got no usable answer.
 *
 * @param server - host and port, for messages
 * @public
 */
export function classifyFailure(error: unknown, server: string): KubeError {
  if (error instanceof KubeError) {
    return error;
  }
  const { code: given, message = '' } = firstOf(error);
  // The code of a DOMException, such as for an abort, is a number.
  const code = typeof given === 'string' ? given : '';
  if (code === 'ADDRESS_REFUSED') {
    return new KubeError('TCP', `No connection to ${server}: ${message}`, {
      reason: 'AddressRefused',
    });
  }
  const known = CODES[code];
  if (known) {
    const [failure, words] = known;
    return new KubeError(
      failure,
      `No answer from ${server}: ${words} (${code})`,
    );
  }
  if (isTlsCode(code)) {
    return new KubeError(
      'TLS',
      `No trust in ${server}: ${describeCertificateError(error)}`,
      { reason: code },
    );
  }
  if (code.startsWith('EAI_')) {
    return new KubeError('DNS', `No answer from ${server}: ${message}`);
  }
  return new KubeError(
    'Protocol',
    `${server} does not speak HTTP as a Kubernetes API server does: ${message} ${
      code && `(${code})`
    }`,
  );
}

/** If several addresses of a name failed, returns the error of the first. */
function firstOf(error: unknown): LowLevelError {
  const top = (error ?? {}) as LowLevelError;
  return top.errors?.length ? (top.errors[0] as LowLevelError) : top;
}
