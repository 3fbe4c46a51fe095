import { useRef } from 'react';
import { Button, Flex } from '@backstage/ui';
import { useText } from '../../../../kit';
import { FormTextArea } from '../../../../kit/form';
import styles from '../ClusterForm.module.css';
import { ClusterForm } from '../clusterForm';
import { CertificateList } from './CertificateList';

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
