import { Radio, RadioGroup, TextAreaField, TextField } from '@backstage/ui';
import { ToneText, useText } from '../../../../kit';
import styles from '../ClusterForm.module.css';
import { ClusterField } from '../clusterForm';
import { ClusterForm } from '../useClusterForm';
import { FieldGroup } from './FieldGroup';
import { propsOf } from './propsOf';

const FIELDS: ClusterField[] = [
  'namespacePrefix',
  'defaultStorageClass',
  'ingress.className',
  'ingress.annotations',
  'ingress.certificate',
  'ingress.tlsSecret',
  'nodePlacement.nodeSelector',
  'nodePlacement.tolerations',
];

/** What people's work on the cluster begins with. */
export function WorkloadFields({ form }: { form: ClusterForm }) {
  const t = useText();
  return (
    <FieldGroup
      form={form}
      fields={FIELDS}
      title={t('form.workload')}
      hint={t('form.workloadHint')}
    >
      <TextField
        {...propsOf(form, 'namespacePrefix')}
        label={t('form.namespacePrefix')}
        description={t('form.namespacePrefixHint')}
        autoComplete="off"
      />
      <TextField
        {...propsOf(form, 'defaultStorageClass')}
        label={t('form.defaultStorageClass')}
        description={t('form.defaultStorageClassHint')}
        autoComplete="off"
      />
      <IngressFields form={form} />
      <TextAreaField
        {...propsOf(form, 'nodePlacement.nodeSelector')}
        className={styles.pem}
        label={t('form.nodeSelector')}
        description={t('form.nodeSelectorHint')}
        placeholder="node.example.com/pool=users"
        rows={2}
        spellCheck="false"
      />
      <TextAreaField
        {...propsOf(form, 'nodePlacement.tolerations')}
        className={styles.pem}
        label={t('form.tolerations')}
        description={t('form.tolerationsHint')}
        placeholder={'- key: dedicated\n  operator: Exists'}
        rows={4}
        spellCheck="false"
      />
    </FieldGroup>
  );
}

function IngressFields({ form }: { form: ClusterForm }) {
  const t = useText();
  const certificate = form.values['ingress.certificate'];
  const error = form.errorOf('ingress.certificate');
  return (
    <>
      <TextField
        {...propsOf(form, 'ingress.className')}
        label={t('form.ingressClass')}
        autoComplete="off"
      />
      <TextAreaField
        {...propsOf(form, 'ingress.annotations')}
        className={styles.pem}
        label={t('form.ingressAnnotations')}
        description={t('form.pairsHint')}
        rows={2}
        spellCheck="false"
      />
      <RadioGroup
        label={t('form.certificateChoice.label')}
        description={t('form.certificateChoice.hint')}
        value={certificate}
        onChange={chosen => form.change({ 'ingress.certificate': chosen })}
        isInvalid={Boolean(error)}
      >
        <Radio value="">{t('form.certificateChoice.none')}</Radio>
        <Radio value="default">{t('form.certificateChoice.default')}</Radio>
        <Radio value="secret">{t('form.certificateChoice.secret')}</Radio>
      </RadioGroup>
      {error && (
        <ToneText role="alert" tone="danger" variant="body-small">
          {error}
        </ToneText>
      )}
      {certificate === 'secret' && (
        <TextField
          {...propsOf(form, 'ingress.tlsSecret')}
          label={t('form.tlsSecret')}
          description={t('form.tlsSecretHint')}
          isRequired
          autoComplete="off"
        />
      )}
    </>
  );
}
