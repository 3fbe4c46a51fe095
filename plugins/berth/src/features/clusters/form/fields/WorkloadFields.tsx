import { Radio, RadioGroup } from '@backstage/ui';
import { ToneText, useText } from '../../../../kit';
import { FormText, FormTextArea } from '../../../../kit/form';
import styles from '../ClusterForm.module.css';
import { ClusterField, ClusterForm } from '../clusterForm';
import { FieldGroup } from './FieldGroup';

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

/** The defaults for workloads on the cluster. */
export function WorkloadFields({ form }: { form: ClusterForm }) {
  const t = useText();
  return (
    <FieldGroup
      form={form}
      fields={FIELDS}
      title={t('form.workload')}
      hint={t('form.workloadHint')}
    >
      <FormText
        form={form}
        name="namespacePrefix"
        label={t('form.namespacePrefix')}
        description={t('form.namespacePrefixHint')}
        autoComplete="off"
      />
      <FormText
        form={form}
        name="defaultStorageClass"
        label={t('form.defaultStorageClass')}
        description={t('form.defaultStorageClassHint')}
        autoComplete="off"
      />
      <IngressFields form={form} />
      <FormTextArea
        form={form}
        name="nodePlacement.nodeSelector"
        className={styles.pem}
        label={t('form.nodeSelector')}
        description={t('form.nodeSelectorHint')}
        placeholder="node.example.com/pool=users"
        rows={2}
        spellCheck="false"
      />
      <FormTextArea
        form={form}
        name="nodePlacement.tolerations"
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
  const certificate = form.values.ingress.certificate;
  const error = form.errorOf('ingress.certificate');
  return (
    <>
      <FormText
        form={form}
        name="ingress.className"
        label={t('form.ingressClass')}
        autoComplete="off"
      />
      <FormTextArea
        form={form}
        name="ingress.annotations"
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
        onChange={chosen => form.setValue('ingress.certificate', chosen)}
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
        <FormText
          form={form}
          name="ingress.tlsSecret"
          label={t('form.tlsSecret')}
          description={t('form.tlsSecretHint')}
          isRequired
          autoComplete="off"
        />
      )}
    </>
  );
}
