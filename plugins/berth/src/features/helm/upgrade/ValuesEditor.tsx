import { ReactNode } from 'react';
import { ButtonLink, Skeleton, Text } from '@backstage/ui';
import { HELM_MASK, HELM_MAX_VALUES } from '@berth/plugin-berth-common';
import {
  ActionButton,
  ProblemAlert,
  Section,
  ToneText,
  useText,
} from '../../../kit';
import { CodeEditor } from '../../../kit/code';
import styles from '../helm.module.css';
import { OperationOptions } from '../operations/OperationOptions';
import { PreviewResult } from '../operations/PreviewResult';
import { reasonAgainst } from '../operations/reasonAgainst';
import { ValuesChange } from './useValuesChange';

export const EDITOR_HEIGHT = '50vh';

/** Edits the values of a person next to those of the chart. */
export function ValuesEditor(props: {
  change: ValuesChange;
  label: string;
  /** Whether secrets are hidden in the text. */
  hidesValues?: boolean;
  /** Shows the values of the chart. */
  children: ReactNode;
}) {
  const { change, label, hidesValues, children } = props;
  const t = useText();
  return (
    <div className={styles.columns}>
      <Section title={t('helm.upgrade.yours')}>
        <div className={styles.stack}>
          {hidesValues && (
            <Text as="p" variant="body-small" color="secondary">
              {t('helm.upgrade.hidden', { mask: HELM_MASK })}
            </Text>
          )}
          <CodeEditor
            label={label}
            value={change.text}
            onChange={change.isStarting ? undefined : change.type}
            height={EDITOR_HEIGHT}
          />
          <div role="status">
            {change.problems.map(({ line, message }) => (
              <ToneText key={`${line} ${message}`} as="p" tone="danger">
                {t('object.yaml.problem', { line: String(line), message })}
              </ToneText>
            ))}
          </div>
        </div>
      </Section>
      {children}
    </div>
  );
}

/** Checks what an operation would do, shows it, and starts the operation. */
export function CheckAndStart(props: {
  change: ValuesChange;
  kind: 'install' | 'upgrade';
  /** Why the operation cannot start. */
  disabledReason?: string;
  /** Where the person came from. */
  backHref: string;
}) {
  const { change, kind, disabledReason, backHref } = props;
  const { text, problems, previewing } = change;
  const t = useText();
  return (
    <>
      <div className={styles.rowLinks}>
        <ActionButton
          variant="primary"
          isPending={previewing.isPending}
          disabledReason={reasonAgainstCheck()}
          onPress={change.check}
        >
          {t('helm.upgrade.check')}
        </ActionButton>
        <ButtonLink variant="secondary" href={backHref}>
          {t('common.cancel')}
        </ButtonLink>
      </div>
      {change.failure !== undefined && (
        <ProblemAlert error={change.failure} title={t(`helm.${kind}.failed`)} />
      )}
      <Result change={change} kind={kind} disabledReason={disabledReason} />
    </>
  );

  function reasonAgainstCheck(): string | undefined {
    if (text.length > HELM_MAX_VALUES) {
      return t('helm.upgrade.tooLong', {
        most: HELM_MAX_VALUES.toLocaleString('en'),
      });
    }
    return problems.length > 0 ? t('object.yaml.fixFirst') : disabledReason;
  }
}

/** Shows what the operation would do, and the button that starts it. */
function Result(props: {
  change: ValuesChange;
  kind: 'install' | 'upgrade';
  disabledReason?: string;
}) {
  const { change, kind, disabledReason } = props;
  const { previewing, options, takesOver } = change;
  const { checked, failure, isPending } = previewing;
  const t = useText();
  if (isPending) {
    return (
      <div role="status" aria-label={t('helm.preview.pending')}>
        <Skeleton width="100%" height={160} />
      </div>
    );
  }
  if (failure !== undefined) {
    return <ProblemAlert error={failure} title={t('helm.preview.failed')} />;
  }
  if (!checked) {
    return null;
  }
  const isPossible = checked.preview.refusals.length === 0;
  return (
    <Section title={t(`helm.preview.title.${kind}`)}>
      <div className={styles.stack}>
        <PreviewResult
          preview={checked.preview}
          takesOver={takesOver}
          onTakesOverChange={change.setTakesOver}
        />
        {(isPossible || kind === 'install') && (
          <OperationOptions
            kind={kind}
            options={options}
            onChange={change.setOptions}
          />
        )}
        {isPossible && (
          <div>
            <ActionButton
              variant="primary"
              isPending={change.isStarting}
              disabledReason={
                disabledReason ?? reasonAgainst(t, checked.preview, takesOver)
              }
              onPress={change.apply}
            >
              {t(`helm.${kind}.apply`)}
            </ActionButton>
          </div>
        )}
      </div>
    </Section>
  );
}
