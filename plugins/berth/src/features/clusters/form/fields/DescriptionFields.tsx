import { TextAreaField } from '@backstage/ui';
import { useText } from '../../../../kit';
import styles from '../ClusterForm.module.css';
import { ClusterForm } from '../useClusterForm';
import { FieldGroup } from './FieldGroup';
import { propsOf } from './propsOf';

/** Labels by which people find a cluster, and links to look further. */
export function DescriptionFields({ form }: { form: ClusterForm }) {
  const t = useText();
  return (
    <FieldGroup
      form={form}
      fields={['labels', 'links']}
      title={t('form.describe')}
      hint={t('form.describeHint')}
    >
      <TextAreaField
        {...propsOf(form, 'labels')}
        className={styles.pem}
        label={t('form.labels')}
        description={t('form.labelsHint')}
        placeholder={'stage=production\nregion=eu-central-1'}
        rows={2}
        spellCheck="false"
      />
      <TextAreaField
        {...propsOf(form, 'links')}
        label={t('form.links')}
        description={t('form.linksHint')}
        placeholder="Console https://console.example.com/clusters/prod01"
        rows={2}
        spellCheck="false"
      />
    </FieldGroup>
  );
}
