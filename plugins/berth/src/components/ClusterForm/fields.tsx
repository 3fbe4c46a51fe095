import { useRef } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Button,
  Flex,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { cleanClusterName } from '@berth/plugin-berth-common';
import { useText } from '../common';
import styles from './ClusterForm.module.css';
import { ClusterField } from './clusterForm';
import { ClusterForm } from './useClusterForm';

/** What all text fields of the form have in common. */
function propsOf(form: ClusterForm, field: ClusterField) {
  return {
    name: field,
    value: form.values[field],
    onChange: (value: string) => form.change({ [field]: value }),
    onBlur: () => form.touch(field),
    // An isInvalid of our own would hide the message.
    validate: () => form.errorOf(field),
    validationBehavior: 'aria' as const,
  };
}

/** The name, with what becomes of it shown while it is typed. */
export function NameField({ form }: { form: ClusterForm }) {
  const t = useText();
  const typed = form.values.name;
  const cleaned = cleanClusterName(typed);
  return (
    <Flex direction="column" gap="1">
      <TextField
        {...propsOf(form, 'name')}
        label={t('form.name')}
        description={t('form.nameRule')}
        isRequired
        autoComplete="off"
      />
      <div aria-live="polite">
        {cleaned && cleaned !== typed && (
          <Text variant="body-small">
            {t('form.cleanedName', { name: <strong>{cleaned}</strong> })}
          </Text>
        )}
      </div>
    </Flex>
  );
}

export function TitleField({ form }: { form: ClusterForm }) {
  const t = useText();
  return (
    <TextField
      {...propsOf(form, 'title')}
      label={t('form.title')}
      description={t('form.titleHint')}
    />
  );
}

export function ApiServerField({ form }: { form: ClusterForm }) {
  const t = useText();
  return (
    <TextField
      {...propsOf(form, 'apiServer')}
      type="url"
      label={t('form.apiServer')}
      description={t('form.apiServerHint')}
      placeholder="https://10.0.0.1:6443"
      isRequired
      autoComplete="off"
    />
  );
}

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

/** What only clusters with unusual authentication flags need. */
export function AdvancedFields({ form }: { form: ClusterForm }) {
  const t = useText();
  const filled = form.values.usernamePrefix || form.values.groupsPrefix;
  return (
    <Accordion defaultExpanded={Boolean(filled)}>
      <AccordionTrigger
        title={t('form.advanced')}
        subtitle={t('form.advancedHint')}
      />
      <AccordionPanel>
        <Flex direction="column" gap="4" p="2">
          <TextField
            {...propsOf(form, 'usernamePrefix')}
            label={t('form.usernamePrefix')}
            description={t('form.usernamePrefixHint')}
            autoComplete="off"
          />
          <TextField
            {...propsOf(form, 'groupsPrefix')}
            label={t('form.groupsPrefix')}
            description={t('form.groupsPrefixHint')}
            autoComplete="off"
          />
        </Flex>
      </AccordionPanel>
    </Accordion>
  );
}
