import { useEffect, useMemo, useState } from 'react';
import { Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { RequestSpec } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Section } from '../../../kit/Section';
import { ActionButton, ProblemAlert, useText } from '../../../kit';
import {
  FormTextArea,
  errorFromApi,
  useForm,
  withMessages,
} from '../../../kit/form';
import {
  NameCheck,
  useAnswer,
  useClusters,
  useNameCheck,
  useNow,
} from '../../../kit/hooks';
import { PreviewPanel } from '../../../kit/request/PreviewPanel';
import styles from './RequestForm.module.css';
import {
  EndField,
  GroupField,
  KindField,
  PlaceFields,
  QuotaFields,
  RoleField,
  SystemField,
} from './fields';
import {
  ALIASES,
  FIELDS,
  LIVE_ERRORS,
  RequestError,
  RequestValues,
  specOf,
  requestSchema,
} from './requestForm';

const TICK = 10_000;
/** Milliseconds without a key press, after which the form asks for a preview. */
const PAUSE = 400;
const UNCHECKED: NameCheck = { state: 'unknown' };

/** The ways to send the form. */
export type SendMode = 'submit' | 'draft';

/** The form of a request, with a preview of its result. */
export function RequestForm(props: {
  initial: RequestValues;
  /** Whether the form edits a draft, whose kind stays. */
  editing?: boolean;
  /** The form shows its rejection. */
  onSend: (spec: RequestSpec, mode: SendMode) => Promise<void>;
}) {
  const { initial, editing, onSend } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const [pending, setPending] = useState<SendMode>();
  const [nameCheck, setNameCheck] = useState<NameCheck>(UNCHECKED);
  const now = useNow(TICK);
  const schema = useMemo(
    () => requestSchema(nameCheck.state, now),
    [nameCheck.state, now],
  );
  const valid = useForm({
    initial,
    schema,
    live: LIVE_ERRORS,
    fields: FIELDS,
    aliases: ALIASES,
    textOf: (error, { namespace, cluster, purpose }) =>
      error === 'namespaceRefused' && nameCheck.message !== undefined
        ? nameCheck.message
        : t(`requestForm.error.${error as RequestError}`, {
            name: namespace,
            cluster,
            number: String(purpose.length),
          }),
  });
  const { values } = valid;
  const { kind } = values;
  const checked = useNameCheck(
    kind === 'namespace' ? values.cluster : '',
    values.namespace,
    values.group,
  );
  useEffect(() => {
    const { state, name, message } = checked;
    setNameCheck({ state, name, message });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [checked.state, checked.name, checked.message]);

  const preview = useAnswer(
    valid.formState.isValid ? specOf(values) : undefined,
    spec => api.previewRequest(spec),
    PAUSE,
  );
  const refused = errorFromApi(preview.error, FIELDS, ALIASES);
  const form = withMessages(valid, refused.fields);

  const send = (mode: SendMode) =>
    form.send(async complete => {
      setPending(mode);
      try {
        await onSend(specOf(complete), mode);
      } finally {
        setPending(undefined);
      }
    });

  const clusters = useClusters();
  const cluster = clusters.value?.items.find(
    ({ name }) => name === values.cluster,
  );
  return (
    <form {...form.formProps(() => send('submit'))} className={styles.form}>
      <div className={styles.fields}>
        <Section
          title={
            editing ? t(`requestForm.kinds.${kind}`) : t('requestForm.kind')
          }
        >
          <div className={styles.stack}>
            {!editing && <KindField form={form} />}
            <PlaceFields
              form={form}
              clusters={clusters}
              nameCheck={nameCheck}
            />
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
            <FormTextArea
              form={form}
              name="purpose"
              label={t('requestForm.purpose')}
              secondaryLabel={t('requestForm.optional')}
              description={t('requestForm.purposeHint')}
              rows={2}
            />
            {kind !== 'quota' && <EndField form={form} />}
          </div>
        </Section>
      </div>
      <PreviewPanel preview={preview} isAtFields={refused.rest === undefined} />
      <div className={styles.end}>
        {form.failure !== undefined && (
          <ProblemAlert error={form.failure} title={t('requestForm.failed')} />
        )}
        <Flex gap="2" style={{ flexWrap: 'wrap' }}>
          <ActionButton
            type="submit"
            variant="primary"
            isPending={pending === 'submit'}
          >
            {t('requestForm.submit')}
          </ActionButton>
          <ActionButton
            variant="secondary"
            isPending={pending === 'draft'}
            onPress={() => send('draft')}
          >
            {t(editing ? 'requestForm.saveEdit' : 'requestForm.save')}
          </ActionButton>
        </Flex>
      </div>
    </form>
  );
}
