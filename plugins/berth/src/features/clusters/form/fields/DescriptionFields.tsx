import { useText } from '../../../../kit';
import { FormTextArea } from '../../../../kit/form';
import styles from '../ClusterForm.module.css';
import { ClusterForm } from '../clusterForm';
import { FieldGroup } from './FieldGroup';

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
