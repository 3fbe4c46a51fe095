import { Flex } from '@backstage/ui';
import { RequestSpec } from '@berth/plugin-berth-common';
import { Section } from '../../../kit/Section';
import {
  ActionButton,
  ProblemAlert,
  useText,
  useUnsavedChanges,
} from '../../../kit';
import { PreviewPanel } from './PreviewPanel';
import styles from './RequestForm.module.css';
import {
  EndField,
  GroupField,
  KindField,
  PlaceFields,
  PurposeField,
  QuotaFields,
  RoleField,
  SystemField,
} from './fields';
import { RequestValues } from './requestForm';
import { useClusters } from './useClusters';
import { SendMode, useRequestForm } from './useRequestForm';

/** The form of a request, with a preview of its result. */
export function RequestForm(props: {
  initial: RequestValues;
  /** Whether it changes a draft, whose kind stays. */
  editing?: boolean;
  /** Its rejection is shown. */
  onSend: (spec: RequestSpec, mode: SendMode) => Promise<void>;
}) {
  const { initial, editing, onSend } = props;
  const t = useText();
  const form = useRequestForm({ initial, onSend });
  useUnsavedChanges(JSON.stringify(form.values) !== JSON.stringify(initial));
  const clusters = useClusters();
  const { kind } = form.values;
  const cluster = clusters.value?.items.find(
    ({ name }) => name === form.values.cluster,
  );
  return (
    <form {...form.formProps} className={styles.form}>
      <div className={styles.fields}>
        <Section
          title={
            editing ? t(`requestForm.kinds.${kind}`) : t('requestForm.kind')
          }
        >
          <div className={styles.stack}>
            {!editing && <KindField form={form} />}
            <PlaceFields form={form} clusters={clusters} />
            {kind !== 'quota' && <GroupField form={form} cluster={cluster} />}
            {kind === 'namespace' && <SystemField form={form} />}
            {kind === 'grant' && <RoleField form={form} />}
          </div>
        </Section>
        {kind !== 'grant' && (
          <Section title={t('requestForm.size')}>
            <QuotaFields form={form} />
          </Section>
        )}
        <Section
          title={t(
            kind === 'quota' ? 'requestForm.why' : 'requestForm.whyAndUntil',
          )}
        >
          <div className={styles.stack}>
            <PurposeField form={form} />
            {kind !== 'quota' && <EndField form={form} />}
          </div>
        </Section>
      </div>
      <PreviewPanel preview={form.preview} />
      <div className={styles.end}>
        {form.failure !== undefined && (
          <ProblemAlert error={form.failure} title={t('requestForm.failed')} />
        )}
        <Flex gap="2" style={{ flexWrap: 'wrap' }}>
          <ActionButton
            type="submit"
            variant="primary"
            isPending={form.pending === 'submit'}
          >
            {t('requestForm.submit')}
          </ActionButton>
          <ActionButton
            variant="secondary"
            isPending={form.pending === 'draft'}
            onPress={() => form.send('draft')}
          >
            {t(editing ? 'requestForm.saveEdit' : 'requestForm.save')}
          </ActionButton>
        </Flex>
      </div>
    </form>
  );
}
