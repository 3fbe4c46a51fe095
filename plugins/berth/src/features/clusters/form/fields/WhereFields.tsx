import { Flex, Text } from '@backstage/ui';
import { cleanClusterName } from '@berth/plugin-berth-common';
import { useText } from '../../../../kit';
import { FormText, FormTextArea } from '../../../../kit/form';
import styles from '../ClusterForm.module.css';
import { ClusterForm } from '../clusterForm';
import { FieldGroup } from './FieldGroup';
import { CaField } from './CaField';

/** Labels to find a cluster by, and links to more information. */
export function DescriptionFields({ form }: { form: ClusterForm }) {
  const t = useText();
  return (
    <FieldGroup
      form={form}
      fields={['labels', 'links']}
      title={t('form.describe')}
      hint={t('form.describeHint')}
    >
      <FormTextArea
        form={form}
        name="labels"
        className={styles.pem}
        label={t('form.labels')}
        description={t('form.labelsHint')}
        placeholder={'stage=production\nregion=eu-central-1'}
        rows={2}
        spellCheck="false"
      />
      <FormTextArea
        form={form}
        name="links"
        label={t('form.links')}
        description={t('form.linksHint')}
        placeholder="Console https://console.example.com/clusters/prod01"
        rows={2}
        spellCheck="false"
      />
    </FieldGroup>
  );
}

/** The name of the cluster and the address of its API server. */
export function WhereFields(props: { form: ClusterForm; isNew?: boolean }) {
  const { form, isNew } = props;
  const t = useText();
  return (
    <>
      {isNew && <NameField form={form} />}
      <FormText
        form={form}
        name="title"
        label={t('form.title')}
        description={t('form.titleHint')}
      />
      <FormText
        form={form}
        name="apiServer"
        type="url"
        label={t('form.apiServer')}
        description={t('form.apiServerHint')}
        placeholder="https://10.0.0.1:6443"
        isRequired
        autoComplete="off"
      />
      <CaField form={form} />
    </>
  );
}

/** The name as typed, and the cleaned name. */
function NameField({ form }: { form: ClusterForm }) {
  const t = useText();
  const typed = form.values.name;
  const cleaned = cleanClusterName(typed);
  return (
    <Flex direction="column" gap="1">
      <FormText
        form={form}
        name="name"
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
