import { AsnConvert } from '@peculiar/asn1-schema';
import {
  BasicConstraints,
  Certificate,
  Name,
  id_ce_basicConstraints,
} from '@peculiar/asn1-x509';

/** The unverified content of a certificate, enough to recognise the right one. */
export interface CertificateFacts {
  /** Such as `CN=prod01-ca, O=Example`. */
  subject: string;
  issuer: string;
  /** Milliseconds since the epoch. */
  notBefore: number;
  notAfter: number;
  /** Whether the certificate may sign others. */
  authority: boolean;
}

const BLOCK = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g;

/** The short names of attributes in CA subjects. RFC 4514, section 3, defines the first of them. */
const SHORT_NAMES: Record<string, string> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.5': 'serialNumber',
};

/**
 * Reads the certificates of a PEM bundle, without verifying them.
 *
 * @throws Error if a block is not a certificate
 */
export function readCertificates(pem: string): CertificateFacts[] {
  return [...pem.matchAll(BLOCK)].map(([, base64]) => factsOf(decode(base64)));
}

function factsOf(der: Uint8Array): CertificateFacts {
  const { tbsCertificate } = AsnConvert.parse(der, Certificate);
  const { subject, issuer, validity, extensions } = tbsCertificate;
  const constraints = extensions?.find(
    ({ extnID }) => extnID === id_ce_basicConstraints,
  );
  return {
    subject: textOf(subject),
    issuer: textOf(issuer),
    notBefore: validity.notBefore.getTime().getTime(),
    notAfter: validity.notAfter.getTime().getTime(),
    authority: constraints
      ? AsnConvert.parse(constraints.extnValue.buffer, BasicConstraints).cA
      : false,
  };
}

/** Writes a name with its most specific part first, as people read it. */
function textOf(name: Name): string {
  return [...name]
    .reverse()
    .flatMap(part => [...part])
    .map(({ type, value }) => `${SHORT_NAMES[type] ?? type}=${value}`)
    .join(', ');
}

function decode(base64: string): Uint8Array {
  const bytes = atob(base64.replace(/\s+/g, ''));
  return Uint8Array.from(bytes, character => character.charCodeAt(0));
}
