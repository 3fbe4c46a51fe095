import { Component, ReactNode, useMemo, useRef, useState } from 'react';
import { Alert, Text } from '@backstage/ui';
import { HELM_MASK } from '@berth/plugin-berth-common';
import useLatest from 'react-use/esm/useLatest';
import { parse } from 'yaml';
import { useText } from '../../../kit';
import { fieldState, pathText, valueAt } from './fieldState';
import { FieldActions, FormField } from './FormField';
import { fieldsOf, FormPart, SchemaForm, SectionPart } from './schemaForm';
import {
  obstacleAt,
  readValues,
  removeValue,
  setValue,
  Values,
} from './valuesDocument';
import styles from './values.module.css';

/** Up to this number of fields, all sections are open at first. */
const FEW_FIELDS = 40;

/** What the portal found about a value. */
export interface ValueProblem {
  /** Such as `image.tag`; empty for all values. */
  path: string;
  message: string;
}

export interface ValuesFormProps {
  form: SchemaForm;
  /** The values of the person, as YAML. */
  text: string;
  /** The values at first, as YAML. */
  initial: string;
  /** The values of the chart. */
  defaults: unknown;
  problems: readonly ValueProblem[];
  isDisabled: boolean;
  onChange: (text: string) => void;
  /** Shows a value in the text. */
  onShowInYaml: (path: string[]) => void;
}

/** Keeps the page when a schema breaks the form. */
class FormBoundary extends Component<
  { fallback: ReactNode; children: ReactNode },
  { isBroken: boolean }
> {
  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  state = { isBroken: false };

  render() {
    return this.state.isBroken ? this.props.fallback : this.props.children;
  }
}

/** A form for values, next to their text. A change edits the text, and the form shows each change of the text. */
export function ValuesForm(props: ValuesFormProps) {
  const t = useText();
  return (
    <FormBoundary
      fallback={
        <Alert
          role="alert"
          status="warning"
          icon
          title={t('helm.form.broken')}
          description={t('helm.form.brokenHint')}
        />
      }
    >
      <Form {...props} />
    </FormBoundary>
  );
}

function Form(props: ValuesFormProps) {
  const { form, text, initial, defaults, problems } = props;
  const t = useText();
  const region = useRef<HTMLDivElement>(null);
  const read = useMemo(() => readValues(text), [text]);
  const values = useLastReadable(read);
  const hidden = useMemo(() => hiddenIn(initial), [initial]);
  const actions = useActions(props);
  const fields = useMemo(() => fieldsOf(form.parts), [form]);
  const byPath = useMemo(
    () => new Map(problems.map(({ path, message }) => [path, message])),
    [problems],
  );
  const unreadable = 'problem' in read ? read.problem : undefined;
  if (!values) {
    return <Unreadable problem={unreadable ?? 'invalid'} />;
  }
  const isDisabled = props.isDisabled || unreadable !== undefined;
  return (
    <div className={styles.form} ref={region}>
      {unreadable !== undefined && <Unreadable problem={unreadable} />}
      {problems.length > 0 && (
        <Problems
          problems={problems}
          labels={
            new Map(fields.map(({ path, label }) => [pathText(path), label]))
          }
          onShow={path => focusField(region.current, path)}
        />
      )}
      <Parts
        parts={form.parts}
        isOpen={fields.length <= FEW_FIELDS}
        render={part => (
          <FormField
            key={pathText(part.path)}
            part={part}
            state={fieldState(part, values, defaults)}
            wasHidden={hidden(part.path)}
            problem={byPath.get(pathText(part.path))}
            isDisabled={isDisabled}
            {...actions}
          />
        )}
        hasProblem={({ path }) =>
          [...byPath.keys()].some(one => one.startsWith(`${pathText(path)}.`))
        }
      />
      {form.isCut && (
        <Text as="p" variant="body-small" color="secondary">
          {t('helm.form.isCut')}
        </Text>
      )}
    </div>
  );
}

function focusField(region: HTMLElement | null, path: string) {
  const fields = region?.querySelectorAll<HTMLElement>('[data-path]') ?? [];
  [...fields]
    .find(({ dataset }) => dataset.path === path)
    ?.querySelector<HTMLElement>('input, textarea, button')
    ?.focus();
}

/** The actions of all fields, which work on the latest text. */
function useActions(props: ValuesFormProps): FieldActions {
  const latest = useLatest(props);
  return useMemo(() => {
    const change = (path: string[], edit: (text: string) => string) => {
      const { text, isDisabled, onChange } = latest.current;
      const read = readValues(text);
      const isPossible =
        !isDisabled &&
        !('problem' in read) &&
        obstacleAt(read, path) !== 'shared';
      const edited = isPossible ? edit(text) : text;
      if (edited !== text) {
        onChange(edited);
      }
    };
    return {
      onSet: (path, value) => change(path, text => setValue(text, path, value)),
      onRemove: path => change(path, text => removeValue(text, path)),
      onShowInYaml: path => latest.current.onShowInYaml(path),
    };
  }, [latest]);
}

type Field = Exclude<FormPart, SectionPart>;

function Parts(props: {
  parts: readonly FormPart[];
  isOpen: boolean;
  hasProblem: (section: SectionPart) => boolean;
  render: (field: Field) => ReactNode;
}) {
  const { parts, render, ...rest } = props;
  return (
    <>
      {parts.map(part =>
        part.kind === 'section' ? (
          <FormSection
            key={pathText(part.path)}
            section={part}
            render={render}
            {...rest}
          />
        ) : (
          render(part)
        ),
      )}
    </>
  );
}

/** Fields of an object. Those of a closed section are not made. */
function FormSection(props: {
  section: SectionPart;
  isOpen: boolean;
  hasProblem: (section: SectionPart) => boolean;
  render: (field: Field) => ReactNode;
}) {
  const { section, isOpen, hasProblem, render } = props;
  const [chosen, setChosen] = useState<boolean>();
  const shown = hasProblem(section) || (chosen ?? isOpen);
  return (
    <details className={styles.section} open={shown}>
      <summary
        onClick={event => {
          event.preventDefault();
          setChosen(!shown);
        }}
      >
        {section.label}
      </summary>
      {shown && (
        <div className={styles.form} role="group" aria-label={section.label}>
          {section.description !== undefined && (
            <Text as="p" variant="body-small" color="secondary">
              {section.description}
            </Text>
          )}
          <Parts
            parts={section.parts}
            isOpen={isOpen}
            hasProblem={hasProblem}
            render={render}
          />
        </div>
      )}
    </details>
  );
}

/** What the portal found, with a way to each field. */
function Problems(props: {
  problems: readonly ValueProblem[];
  labels: ReadonlyMap<string, string>;
  onShow: (path: string) => void;
}) {
  const { problems, labels, onShow } = props;
  const t = useText();
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={t('helm.form.problems', { count: problems.length })}
      description={
        <ul className={styles.problems}>
          {problems.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {labels.has(path) ? (
                <button type="button" onClick={() => onShow(path)}>
                  {path}
                </button>
              ) : (
                path
              )}{' '}
              {message}
            </li>
          ))}
        </ul>
      }
    />
  );
}

function Unreadable({
  problem,
}: {
  problem: 'invalid' | 'several' | 'other' | 'long';
}) {
  const t = useText();
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={t('helm.form.unreadable.title')}
      description={t(`helm.form.unreadable.${problem}`)}
    />
  );
}

/** A text that cannot be read keeps the form as it was. */
function useLastReadable(
  read: ReturnType<typeof readValues>,
): Values | undefined {
  const last = useRef<Values>();
  if (!('problem' in read)) {
    last.current = read;
  }
  return last.current;
}

/** Returns a function that finds whether the release has a hidden value at a path. */
function hiddenIn(initial: string): (path: string[]) => boolean {
  const root = initial.includes(HELM_MASK) ? parse(initial) : undefined;
  return path => valueAt(root, path) === HELM_MASK;
}
