import { useEffect, useState } from 'react';
import { CertificateFacts } from './certificates';

/** Returns the PEM from a field that takes PEM, or base64 of PEM as in kubeconfigs. */
export function pemOf(typed: string): string | undefined {
  if (typed.includes('-----')) {
    return typed;
  }
  try {
    return atob(typed.replace(/\s+/g, ''));
  } catch {
    return undefined;
  }
}

const NONE: CertificateFacts[] = [];

/** Reads the certificates in a field; returns none while the text is incomplete. */
export function useCertificates(caData: string): CertificateFacts[] {
  const [certificates, setCertificates] = useState(NONE);
  useEffect(() => {
    let current = true;
    readLazily(caData).then(
      read => current && setCertificates(read),
      // The form itself shows the problem with the text.
      () => current && setCertificates(NONE),
    );
    return () => {
      current = false;
    };
  }, [caData]);
  return certificates;
}

/** Loads the certificate reader, a large module, only if there is something to read. */
async function readLazily(caData: string): Promise<CertificateFacts[]> {
  const pem = pemOf(caData);
  if (!pem?.includes('-----END CERTIFICATE-----')) {
    return NONE;
  }
  const { readCertificates } = await import('./certificates');
  return readCertificates(pem);
}
