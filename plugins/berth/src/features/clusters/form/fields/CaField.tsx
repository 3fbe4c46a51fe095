import { useRef } from 'react';
import { Button, Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { RiAlertLine, RiShieldCheckLine } from '@remixicon/react';
import { Translate, useText } from '../../../../kit';
import { FormTextArea } from '../../../../kit/form';
import styles from '../ClusterForm.module.css';
import { ClusterForm } from '../clusterForm';
import { formatDay } from '../../../../kit/format';
import { useNow } from '../../../../kit/hooks';
import { CertificateFacts } from '../certificates';
import { useCertificates } from '../useCertificates';

/** The CA bundle, pasted or read from a file. */
export function CaField({ form }: { form: ClusterForm }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <Flex direction="column" gap="2">
      <FormTextArea
        form={form}
        name="caData"
        className={styles.pem}
        label={t('form.ca')}
        description={t('form.caHint')}
        placeholder="-----BEGIN CERTIFICATE-----"
        rows={7}
        isRequired
        spellCheck="false"
      />
      <CertificateList caData={form.values.caData} />
      <div>
        <input
          ref={input}
          type="file"
          hidden
          data-testid="ca-file"
          accept=".pem,.crt,.cer,.ca,text/plain,application/x-x509-ca-cert"
          onChange={async event => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) {
              form.setValue('caData', await file.text(), {
                shouldTouch: true,
              });
            }
          }}
        />
        <Button variant="secondary" onPress={() => input.current?.click()}>
          {t('form.caFile')}
        </Button>
      </div>
    </Flex>
  );
}

const SOON = 30 * 24 * 3_600_000;
const MINUTE = 60_000;

/** Lists the certificates in a field, so that a person sees a wrong or expired one before sending it. */
export function CertificateList({ caData }: { caData: string }) {
  const certificates = useCertificates(caData);
  return (
    <ul className={styles.certificates} aria-live="polite">
      {certificates.map((facts, index) => (
        // A bundle may contain the same certificate twice.
        // eslint-disable-next-line react/no-array-index-key
        <CertificateLine key={index} facts={facts} />
      ))}
    </ul>
  );
}

function CertificateLine({ facts }: { facts: CertificateFacts }) {
  const t = useText();
  const now = useNow(MINUTE);
  const { language } = useApi(appLanguageApiRef).getLanguage();
  const warning = certificateWarning(t, facts, now, language);
  const { subject, issuer, notAfter } = facts;
  return (
    <li className={styles.certificate} data-warning={Boolean(warning)}>
      <span aria-hidden="true">
        {warning ? <RiAlertLine size={18} /> : <RiShieldCheckLine size={18} />}
      </span>
      <div>
        <strong>{subject}</strong>
        <div className={styles.certificateDetail}>
          {subject === issuer
            ? t('form.certificate.ownIssuer')
            : t('form.certificate.issuer', { issuer })}
          {' · '}
          {t('form.certificate.until', { day: formatDay(notAfter, language) })}
        </div>
        {warning && <div className={styles.certificateWarning}>{warning}</div>}
      </div>
    </li>
  );
}

/** Returns a warning about a certificate that a person should check. */
function certificateWarning(
  t: Translate,
  facts: CertificateFacts,
  now: number,
  language: string,
): string | undefined {
  const { notBefore, notAfter, authority } = facts;
  if (notAfter <= now) {
    return t('form.certificate.expired', {
      day: formatDay(notAfter, language),
    });
  }
  if (notBefore > now) {
    return t('form.certificate.notYet', {
      day: formatDay(notBefore, language),
    });
  }
  if (notAfter - now < SOON) {
    return t('form.certificate.soon', { day: formatDay(notAfter, language) });
  }
  return authority ? undefined : t('form.certificate.noAuthority');
}
