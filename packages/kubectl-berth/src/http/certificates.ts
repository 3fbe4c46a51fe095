import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import { Problem } from '../Problem';

/** Where Linux distributions keep their CAs, for Node 20, which cannot read the store of the system. */
const LINUX_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Returns the CAs for connections to a portal: those of Node, of the system, of `NODE_EXTRA_CA_CERTS`, of
 * `KUBECTL_BERTH_CA_FILE`, and of `KUBECTL_BERTH_CA_DATA`, which the kubeconfig sets.
 */
export function trustedCertificates(env = process.env): string[] {
  return [
    ...new Set([
      ...tls.rootCertificates,
      ...systemCertificates(),
      ...(env.NODE_EXTRA_CA_CERTS
        ? optionalCertificates(env.NODE_EXTRA_CA_CERTS)
        : []),
      ...(env.KUBECTL_BERTH_CA_FILE
        ? certificatesOfFile(env.KUBECTL_BERTH_CA_FILE)
        : []),
      ...(env.KUBECTL_BERTH_CA_DATA
        ? certificates(
            Buffer.from(env.KUBECTL_BERTH_CA_DATA, 'base64').toString('utf8'),
          )
        : []),
    ]),
  ];
}

function systemCertificates(): string[] {
  const { getCACertificates } = tls as {
    getCACertificates?: (type: 'system') => string[];
  };
  return getCACertificates
    ? getCACertificates('system')
    : LINUX_BUNDLES.flatMap(optionalCertificates);
}

function certificatesOfFile(path: string): string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Problem(
      `KUBECTL_BERTH_CA_FILE names ${path}, which cannot be read (${
        (error as NodeJS.ErrnoException).code
      }).`,
    );
  }
  const found = certificates(text);
  if (found.length === 0) {
    throw new Problem(
      `KUBECTL_BERTH_CA_FILE names ${path}, which has no certificate in PEM.`,
    );
  }
  return found;
}

function optionalCertificates(path: string): string[] {
  try {
    return certificates(readFileSync(path, 'utf8'));
  } catch {
    return [];
  }
}

function certificates(text: string): string[] {
  return text.match(PEM) ?? [];
}
