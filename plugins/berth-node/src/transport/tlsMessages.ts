import { PeerCertificate } from 'node:tls';

/** Codes of X509 verification for a certificate that no given CA signed. */
const FOREIGN_CA: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
]);

const OTHER_CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_CHAIN_TOO_LONG',
  'PATH_LENGTH_EXCEEDED',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'EE_KEY_TOO_SMALL',
  'CA_KEY_TOO_SMALL',
  'CA_MD_TOO_WEAK',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'EPROTO',
]);

/** The CA bundle of a server cannot be read. */
export class CaUnreadableError extends Error {
  readonly code = 'ERR_TLS_CA_UNREADABLE';
}

/** A failed handshake, with the server's certificate if it sent one. */
export interface TlsError {
  code?: string;
  message?: string;
  cert?: PeerCertificate;
}

/** Returns whether an error code is from TLS. */
export function isTlsCode(code: string): boolean {
  return (
    FOREIGN_CA.has(code) ||
    OTHER_CERTIFICATE_CODES.has(code) ||
    code.startsWith('ERR_TLS_') ||
    code.startsWith('ERR_SSL_') ||
    code.startsWith('ERR_OSSL_')
  );
}

/** Describes a failed handshake in words. */
export function describeCertificateError(error: unknown): string {
  const { code = '', message = '', cert } = (error ?? {}) as TlsError;
  if (FOREIGN_CA.has(code)) {
    const issuer = nameOf(cert?.issuer);
    return `certificate signed by another CA than the registered one${
      issuer && ` (its issuer is ${issuer})`
    }`;
  }
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return `certificate expired${on(cert?.valid_to)}`;
    case 'CERT_NOT_YET_VALID':
      return `certificate not valid before${
        on(cert?.valid_from) || ' a later date'
      }`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `certificate is for ${hostsOf(cert)}`;
    case 'ERR_TLS_CA_UNREADABLE':
      return 'the registered CA bundle cannot be read';
    default:
  }
  if (/wrong version number|packet length too long/i.test(message)) {
    return 'it does not speak TLS on that port';
  }
  if (/unsupported protocol|protocol version/i.test(message)) {
    return 'it speaks no TLS version of 1.2 or later';
  }
  return `the TLS handshake failed (${code})`;
}

function on(date: string | undefined): string {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time)
    ? ''
    : ` on ${new Date(time).toISOString().replace(/\.000Z$/, 'Z')}`;
}

function nameOf(subject: PeerCertificate['issuer'] | undefined): string {
  const name = subject?.CN ?? subject?.O ?? '';
  return Array.isArray(name) ? String(name[0]) : name;
}

function hostsOf(certificate: PeerCertificate | undefined): string {
  const names = (certificate?.subjectaltname ?? '')
    .split(', ')
    .map(name => name.replace(/^(DNS|IP Address):/, ''))
    .filter(Boolean);
  if (!names.length) {
    return 'another host (it names none)';
  }
  const more = names.length - 5;
  return `other hosts: ${names.slice(0, 5).join(', ')}${
    more > 0 ? ` and ${more} more` : ''
  }`;
}
