import { Problem } from '../Problem';

/** Errors of OpenSSL for a certificate that no known CA signed. */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Describes why a connection to a portal failed. */
export function connectionProblem(
  error: unknown,
  url: URL,
  proxy?: URL,
  issuer?: string,
): Problem {
  if (error instanceof Problem) {
    return error;
  }
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  if (UNTRUSTED.has(code)) {
    const name = issuer ? ` (CN=${printable(issuer)})` : '';
    return new Problem(
      `${url.host}'s certificate is signed by a CA that this computer does not trust${name}. Put its PEM into a file, and the path of the file into KUBECTL_BERTH_CA_FILE.`,
      error,
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return new Problem(
      `${url.host}'s certificate is not valid now (${code}). Check the clock of this computer, or ask the operators of the portal.`,
      error,
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return new Problem(
      `${url.host}'s certificate is for another host name.`,
      error,
    );
  }
  const through = proxy ? ` through the proxy ${proxy.origin}` : '';
  return new Problem(`Cannot reach ${url.host}${through}: ${code}`, error);
}

/** Returns text of another computer without control characters, for a terminal, and not too long. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 500);
}
