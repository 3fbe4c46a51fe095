import { ReactNode, useState } from 'react';
import {
  ButtonLink,
  Skeleton,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
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
import { PresetPlace, Presets } from '../values/Presets';
import { ChartSource, useChartForm } from '../values/useChartForm';
import valueStyles from '../values/values.module.css';
import { lineOf } from '../values/valuesDocument';
import { ValuesForm } from '../values/ValuesForm';
import { ValuesChange } from './useValuesChange';

type View = 'form' | 'yaml';

export const EDITOR_HEIGHT = '50vh';

/** Edits the values of a person, as YAML next to the values of the chart, or in a form. */
export function ValuesEditor(props: {
  change: ValuesChange;
  label: string;
  /** Whether secrets are hidden in the text. */
  hidesValues?: boolean;
  /** The chart; undefined until the person has chosen one. */
  source: ChartSource | undefined;
  /** Where presets are offered; nowhere if the repository of the chart is not known. */
  presetPlace?: PresetPlace;
  /** Shows the values of the chart. */
  children: ReactNode;
}) {
  const { change, label, hidesValues, source, presetPlace, children } = props;
  const t = useText();
  const chartForm = useChartForm(source);
  const [chosen, setChosen] = useState<View>();
  const [place, setPlace] = useState<{ line: number }>();
  const hasForm = !chartForm || chartForm.form !== undefined;
  const view = hasForm ? chosen ?? 'form' : 'yaml';
  return (
    <>
      <div className={valueStyles.bar}>
        {hasForm && (
          <ToggleButtonGroup
            aria-label={t('helm.form.view')}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[view]}
            onSelectionChange={([key]) => setChosen(key as View)}
          >
            <ToggleButton id="form">{t('helm.form.form')}</ToggleButton>
            <ToggleButton id="yaml">{t('helm.form.yaml')}</ToggleButton>
          </ToggleButtonGroup>
        )}
        {presetPlace && (
          <Presets
            place={presetPlace}
            text={change.text}
            isDisabled={change.isStarting}
            onChange={change.type}
          />
        )}
        {hasForm && (
          <Text variant="body-small" color="secondary">
            {t('helm.form.hint')}
          </Text>
        )}
      </div>
      <div className={valueStyles.columns} data-view={view}>
        {view === 'form' && (
          <Section title={t('helm.form.title')}>
            {chartForm?.form ? (
              <ValuesForm
                form={chartForm.form}
                text={change.text}
                initial={change.initial}
                defaults={chartForm.defaults}
                problems={change.valueProblems}
                isDisabled={change.isStarting}
                onChange={change.type}
                onShowInYaml={path => {
                  setChosen('yaml');
                  setPlace({ line: lineOf(change.text, path) });
                }}
              />
            ) : (
              <Skeleton width="100%" height={300} />
            )}
          </Section>
        )}
        <div className={valueStyles.text}>
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
                place={place}
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
        </div>
        {view === 'yaml' && children}
      </div>
    </>
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
