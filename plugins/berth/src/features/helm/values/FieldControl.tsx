import { useState } from 'react';
import {
  PasswordField,
  Select,
  Switch,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { HELM_MASK } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import {
  FieldPart,
  FieldState,
  inOneLine,
  isEmpty,
  numberIn,
} from './fieldState';
import { MapControl } from './MapControl';
import { Scalar, TextPart } from './schemaForm';
import styles from './values.module.css';

/** What all controls of fields get. */
export interface ControlProps<Part extends FieldPart> {
  part: Part;
  state: FieldState;
  wasHidden: boolean;
  /** The id of the element with what is wrong. */
  problemId: string;
  isInvalid: boolean;
  isDisabled: boolean;
  /** `undefined` removes the value. */
  onChange: (value: unknown) => void;
  /** Changes one entry of an object. */
  onEntryChange: (key: string, value: unknown) => void;
}

/** The control of a field that has one. */
export function FieldControl(props: ControlProps<FieldPart>) {
  const { part } = props;
  switch (part.kind) {
    case 'text':
      return <TextControl {...props} part={part} />;
    case 'number':
      return <NumberControl {...props} />;
    case 'choice':
      return <ChoiceControl {...props} options={part.options} />;
    case 'flag':
      return <FlagControl {...props} />;
    case 'list':
      return <ListControl {...props} items={part.items} />;
    case 'map':
      return <MapControl {...props} />;
    default:
      return null;
  }
}

function TextControl(props: ControlProps<TextPart>) {
  const { part, state, wasHidden, onChange } = props;
  const t = useText();
  const { isHidden, isSet, value, written } = state;
  const common = commonProps(props);
  const shown = typeof value === 'string' ? value : written ?? '';
  const change = (text: string) => {
    if (text !== '') {
      return onChange(text);
    }
    // Nothing typed is the default again, if the chart has none, or the hidden value.
    if (wasHidden) {
      return onChange(HELM_MASK);
    }
    return onChange(isEmpty(state.default) ? undefined : '');
  };
  if (part.isSecret || isHidden || wasHidden) {
    return (
      <PasswordField
        {...common}
        value={isHidden || !isSet ? '' : shown}
        placeholder={isHidden ? HELM_MASK : undefined}
        autoComplete="new-password"
        onChange={change}
      />
    );
  }
  const description = [
    part.description,
    part.pattern !== undefined &&
      t('helm.form.pattern', { pattern: part.pattern }),
  ].filter(Boolean);
  const Field = /\n/.test(shown) ? TextAreaField : TextField;
  return (
    <Field
      {...common}
      description={description.join(' ') || undefined}
      value={isSet ? shown : ''}
      onChange={change}
    />
  );
}

function NumberControl(props: ControlProps<FieldPart>) {
  const { state, onChange } = props;
  const t = useText();
  const draft = useDraft(state.isSet ? state.written ?? '' : '');
  const isUnread =
    draft.text.trim() !== '' && numberIn(draft.text) === undefined;
  return (
    <TextField
      {...commonProps(props)}
      inputMode="decimal"
      value={draft.text}
      validate={() =>
        isUnread && draft.isTyped ? t('helm.form.problem.number') : undefined
      }
      validationBehavior="aria"
      onChange={text => {
        const number = numberIn(text);
        if (number !== undefined) {
          draft.type(text, String(number));
          onChange(number);
        } else if (text.trim() === '') {
          draft.type(text, '');
          onChange(undefined);
        } else {
          draft.type(text);
        }
      }}
    />
  );
}

function ListControl(
  props: ControlProps<FieldPart> & { items: 'text' | 'number' },
) {
  const { items, part, state, onChange } = props;
  const t = useText();
  const own = Array.isArray(state.value) ? state.value : [];
  const draft = useDraft(own.join('\n'));
  const isUnread =
    items === 'number' &&
    linesOf(draft.text).some(line => numberIn(line) === undefined);
  return (
    <TextAreaField
      {...commonProps(props)}
      description={[part.description, t('helm.form.onePerLine')]
        .filter(Boolean)
        .join(' ')}
      placeholder={
        Array.isArray(state.default) ? state.default.join('\n') : undefined
      }
      value={draft.text}
      validate={() => (isUnread ? t('helm.form.problem.numbers') : undefined)}
      validationBehavior="aria"
      onChange={text => {
        const lines = linesOf(text);
        const values: (string | number | undefined)[] =
          items === 'number' ? lines.map(numberIn) : lines;
        if (values.includes(undefined)) {
          draft.type(text);
        } else {
          draft.type(text, values.join('\n'));
          onChange(
            values.length === 0 && isEmpty(state.default) ? undefined : values,
          );
        }
      }}
    />
  );
}

function ChoiceControl(props: ControlProps<FieldPart> & { options: Scalar[] }) {
  const { options, state, onChange } = props;
  const t = useText();
  const chosen = options.findIndex(option => option === state.value);
  const { label, description, isRequired, isDisabled } = commonProps(props);
  return (
    <Select
      {...{ label, description, isRequired, isDisabled }}
      isInvalid={props.isInvalid}
      aria-describedby={props.problemId}
      placeholder={
        isEmpty(state.default)
          ? t('helm.form.choose')
          : t('helm.form.default', { value: inOneLine(state.default) })
      }
      value={state.isSet && chosen >= 0 ? String(chosen) : null}
      options={options.map((option, index) => ({
        id: String(index),
        label: option === '' ? t('helm.form.emptyText') : String(option),
      }))}
      onChange={key => {
        const option = options[Number(key)];
        if (key !== null && option !== state.value) {
          onChange(option);
        }
      }}
    />
  );
}

function FlagControl(props: ControlProps<FieldPart>) {
  const { part, problemId, state, isDisabled, onChange } = props;
  return (
    <div>
      <Switch
        label={part.label}
        isDisabled={isDisabled}
        isSelected={(state.isSet ? state.value : state.default) === true}
        aria-describedby={`${problemId}-text ${problemId}`}
        onChange={onChange}
      />
      {part.description !== undefined && (
        <Text
          as="p"
          id={`${problemId}-text`}
          variant="body-small"
          color="secondary"
          className={styles.flagText}
        >
          {part.description}
        </Text>
      )}
    </div>
  );
}

function commonProps({
  part,
  state,
  problemId,
  isInvalid,
  isDisabled,
}: ControlProps<FieldPart>) {
  const { label, description, isRequired } = part;
  return {
    label,
    description,
    isRequired: isRequired && isEmpty(state.default),
    isDisabled,
    // With `false`, the control would hide what its own `validate` finds.
    isInvalid: isInvalid || undefined,
    'aria-describedby': problemId,
    placeholder: isEmpty(state.default) ? undefined : inOneLine(state.default),
  };
}

/** Keeps what a person types while it means the value that the text has. */
function useDraft(external: string) {
  const [draft, setDraft] = useState<{ text: string; external: string }>();
  const isTyped = draft !== undefined && draft.external === external;
  return {
    isTyped,
    text: isTyped ? draft.text : external,
    /** @param meaning - what the text will have; the same as now by default */
    type: (text: string, meaning = external) =>
      setDraft({ text, external: meaning }),
  };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}
