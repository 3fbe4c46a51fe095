import { InputError } from '@backstage/errors';
import { X509Certificate } from 'node:crypto';
import { escapeInvisible } from '../../text/quoteUntrusted';

const MAX_BYTES = 64 * 1024;
/** The longest base64 text of the maximum number of bytes, with line breaks. */
const MAX_TYPED_LENGTH = 90 * 1024;

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;

/**
 * Reads the CA bundle of a cluster.
 *
 * @param typed - PEM, or base64 of PEM as in a kubeconfig's `certificate-authority-data`
 * @param now - the time at which the certificates must be valid
 * @returns PEM of the certificates and nothing else
 * @throws InputError naming the field `caData` and the rule, and never the input
 */
export function parseCaBundle(typed: string, now = new Date()): string {
  if (typed.trim() === '') {
    throw new InputError(
      'caData is empty: give the PEM of the CA that signed the API server certificate',
    );
  }
  if (typed.length > MAX_TYPED_LENGTH) {
    throw oversized();
  }
  const pem = decode(typed);
  if (pem.length > MAX_BYTES) {
    throw oversized();
  }
  if (/PRIVATE KEY-----/.test(pem)) {
    throw new InputError(
      'caData holds a PRIVATE KEY, which nothing was done with: give only certificates, and treat that key as disclosed if it was real',
    );
  }
  const certificates = pemBlocks(pem).map((block, index) =>
    parseCertificate(block, index + 1),
  );
  for (const certificate of certificates) {
    assertValidAt(now, certificate);
  }
  return certificates.map(certificate => certificate.toString()).join('');
}

function decode(typed: string): string {
  if (typed.includes('-----')) {
    return typed;
  }
  const base64 = typed.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    throw notPem();
  }
  return Buffer.from(base64, 'base64').toString('utf8');
}

function pemBlocks(pem: string): string[] {
  const blocks = [...pem.matchAll(PEM_BLOCK)];
  const markers = pem.match(/-----BEGIN /g)?.length ?? 0;
  if (blocks.length === 0 || markers !== blocks.length) {
    throw notPem();
  }
  const foreign = blocks.find(([, label]) => label !== 'CERTIFICATE');
  if (foreign) {
    throw new InputError(
      `caData holds a ${foreign[1]} block: only CERTIFICATE blocks belong in it`,
    );
  }
  return blocks.map(([block]) => block);
}

function parseCertificate(block: string, position: number): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch {
    throw new InputError(
      `caData holds a certificate (number ${position}) that cannot be read as X.509: copy the whole file again`,
    );
  }
}

function assertValidAt(now: Date, certificate: X509Certificate) {
  const subject = escapeInvisible(certificate.subject.replaceAll('\n', ', '));
  const { validFromDate, validToDate } = certificate;
  if (validToDate < now) {
    throw new InputError(
      `caData holds a certificate that expired at ${validToDate.toISOString()} (${subject}): give the one that is in use now`,
    );
  }
  if (validFromDate > now) {
    throw new InputError(
      `caData holds a certificate that is not valid before ${validFromDate.toISOString()} (${subject}): check the clock or wait`,
    );
  }
}

function oversized(): InputError {
  return new InputError(
    `caData is larger than ${
      MAX_BYTES / 1024
    } KiB: give only the CA that signed the API server certificate`,
  );
}

function notPem(): InputError {
  return new InputError(
    'caData is neither PEM nor base64 of PEM: it must hold BEGIN CERTIFICATE … END CERTIFICATE blocks, each complete',
  );
}
