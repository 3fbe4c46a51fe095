import { useEffect, useState } from 'react';
import { CertificateFacts } from './certificates';
import { pemOf } from './pem';

const NONE: CertificateFacts[] = [];

/** What the certificates in a field say of themselves; none while the text is not whole. */
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

/** The reader of certificates is heavy, and only needed where there is something to read. */
async function readLazily(caData: string): Promise<CertificateFacts[]> {
  const pem = pemOf(caData);
  if (!pem?.includes('-----END CERTIFICATE-----')) {
    return NONE;
  }
  const { readCertificates } = await import('./certificates');
  return readCertificates(pem);
}
