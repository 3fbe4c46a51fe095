import { useRef } from 'react';
import { Button, Flex, TextAreaField } from '@backstage/ui';
import { useText } from '../../../../kit';
import styles from '../ClusterForm.module.css';
import { ClusterForm } from '../useClusterForm';
import { CertificateList } from './CertificateList';
import { propsOf } from './propsOf';

/** The CA bundle, pasted or read from a file. */
export function CaField({ form }: { form: ClusterForm }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <Flex direction="column" gap="2">
      <TextAreaField
        {...propsOf(form, 'caData')}
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
              form.change({ caData: await file.text() });
              form.touch('caData');
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
