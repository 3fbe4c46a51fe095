import { memo, ReactNode, useId } from 'react';
import { Button, FieldLabel, Text } from '@backstage/ui';
import { HELM_MASK } from '@berth/plugin-berth-common';
import { ToneText, useText } from '../../../kit';
import { FieldControl } from './FieldControl';
import {
  FieldPart,
  FieldProblem,
  FieldState,
  inOneLine,
  isEmpty,
  pathText,
  problemOfField,
} from './fieldState';
import styles from './values.module.css';

/** What people can do with a field. The functions stay the same. */
export interface FieldActions {
  onSet: (path: string[], value: unknown) => void;
  onRemove: (path: string[]) => void;
  onShowInYaml: (path: string[]) => void;
}

/** A field of a form of values, with what is wrong with it and the way back to the default. */
export const FormField = memo(
  function MemoField(
    props: FieldActions & {
      part: FieldPart;
      state: FieldState;
      /** Whether the release has a hidden value here. */
      wasHidden: boolean;
      /** What the portal found. */
      problem?: string;
      isDisabled: boolean;
    },
  ) {
    const { part, state, wasHidden, problem, isDisabled } = props;
    const { onRemove, onSet, onShowInYaml } = props;
    const { path, label } = part;
    const t = useText();
    const problemId = useId();
    const words = useProblemWords();
    const own = problemOfField(part, state);
    const found = problem ?? (own && words(own));
    const change = (at: string[], value: unknown) =>
      value === undefined ? onRemove(at) : onSet(at, value);
    const hasControl = state.obstacle === undefined && part.kind !== 'yaml';
    return (
      <div className={styles.field} data-path={pathText(path)}>
        {hasControl ? (
          <FieldControl
            part={part}
            state={state}
            wasHidden={wasHidden}
            problemId={problemId}
            isInvalid={found !== undefined}
            isDisabled={isDisabled}
            onChange={value => change(path, value)}
            onEntryChange={(key, value) => change([...path, key], value)}
          />
        ) : (
          <div>
            <FieldLabel label={label} description={part.description} />
            <Text as="p" variant="body-small" color="secondary">
              {t(`helm.form.inYaml.${state.obstacle ?? 'none'}`)}
            </Text>
          </div>
        )}
        <div id={problemId} role="status">
          {found !== undefined && (
            <ToneText as="p" tone="danger" variant="body-small">
              {found}
            </ToneText>
          )}
        </div>
        <Notes>
          {defaultWords()}
          {state.isHidden && hasControl && (
            <Text as="span" variant="body-small" color="secondary">
              {t('helm.form.hidden')}
            </Text>
          )}
          {!hasControl && (
            <Button
              size="small"
              variant="secondary"
              aria-label={t('helm.form.showInYamlOf', { label })}
              onPress={() => onShowInYaml(path)}
            >
              {t('helm.form.showInYaml')}
            </Button>
          )}
          {wasHidden && !state.isHidden && hasControl && (
            <Button
              size="small"
              variant="secondary"
              isDisabled={isDisabled}
              aria-label={t('helm.form.keepHiddenOf', { label })}
              onPress={() => onSet(path, HELM_MASK)}
            >
              {t('helm.form.keepHidden')}
            </Button>
          )}
          {state.isSet && state.obstacle !== 'shared' && (
            <Button
              size="small"
              variant="secondary"
              isDisabled={isDisabled}
              aria-label={t('helm.form.useDefaultOf', { label })}
              onPress={() => onRemove(path)}
            >
              {t('helm.form.useDefault')}
            </Button>
          )}
        </Notes>
      </div>
    );

    function defaultWords(): ReactNode {
      const { default: inChart } = state;
      // A field without a value shows the default in its place.
      if (isEmpty(inChart) || (hasControl && !state.isSet)) {
        return null;
      }
      const isSecret = part.kind === 'text' && part.isSecret;
      return (
        <Text as="span" variant="body-small" color="secondary">
          {t('helm.form.default', {
            value: isSecret ? HELM_MASK : inOneLine(inChart),
          })}
        </Text>
      );
    }
  },
  // Each text makes new states, which are often equal to the former ones.
  (before, after) => JSON.stringify(before) === JSON.stringify(after),
);

function Notes({ children }: { children: ReactNode }) {
  return <div className={styles.notes}>{children}</div>;
}

function useProblemWords() {
  const t = useText();
  return (problem: FieldProblem): string =>
    'bound' in problem
      ? t(`helm.form.problem.${problem.rule}`, { bound: String(problem.bound) })
      : t(`helm.form.problem.${problem.rule}`);
}
