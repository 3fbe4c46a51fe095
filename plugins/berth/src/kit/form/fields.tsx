import { ComponentType, ReactNode, useId } from 'react';
import {
  PasswordField,
  PasswordFieldProps,
  Select,
  TextAreaField,
  TextAreaFieldProps,
  TextField,
  TextFieldProps,
} from '@backstage/ui';
import {
  FieldPath,
  FieldPathValue,
  FieldValues,
  useController,
} from 'react-hook-form';
import { ToneText } from '..';
import { Form } from './useForm';

/** Binds a component to a field of a form. */
export interface Bound<
  Values extends FieldValues,
  Name extends FieldPath<Values> = FieldPath<Values>,
> {
  form: Form<Values>;
  name: Name;
}

export const FormText = bind<TextFieldProps>(TextField);
export const FormTextArea = bind<TextAreaFieldProps>(TextAreaField);
export const FormPassword = bind<PasswordFieldProps>(PasswordField);

function bind<Props extends object>(Field: ComponentType<Props>) {
  return function BoundText<Values extends FieldValues>(
    props: Bound<Values> & Omit<Props, keyof Bound<Values>>,
  ) {
    const { form, name, ...rest } = props;
    const { field } = useController({ control: form.control, name });
    const { value, onChange, onBlur } = field;
    return (
      <Field
        {...(rest as unknown as Props)}
        {...{ name, value, onChange, onBlur }}
        // Setting isInvalid here would hide the message.
        validate={() => form.errorOf(name)}
        validationBehavior="aria"
      />
    );
  };
}

/** Shows a field of any kind, with its error below. */
export function FormField<
  Values extends FieldValues,
  Name extends FieldPath<Values>,
>(
  props: Bound<Values, Name> & {
    children: (field: {
      value: FieldPathValue<Values, Name>;
      onChange: (value: FieldPathValue<Values, Name>) => void;
      onBlur: () => void;
      isInvalid: boolean;
      /** The id of the element with the error. */
      describedBy: string;
    }) => ReactNode;
  },
) {
  const { form, name, children } = props;
  const id = useId();
  const { field } = useController({ control: form.control, name });
  const { value, onChange, onBlur } = field;
  const problem = form.errorOf(name);
  return (
    <div>
      {children({
        value,
        onChange,
        onBlur,
        isInvalid: problem !== undefined,
        describedBy: id,
      })}
      <div id={id} role="status">
        {problem && (
          <ToneText as="p" tone="danger" variant="body-small">
            {problem}
          </ToneText>
        )}
      </div>
    </div>
  );
}

/** Chooses one option; an empty string means no choice. */
export function FormSelect<Values extends FieldValues>(
  props: Bound<Values> & {
    label: string;
    description?: string;
    placeholder: string;
    options: { id: string; label: string; description?: string }[];
  },
) {
  const { form, name, ...rest } = props;
  return (
    <FormField form={form} name={name}>
      {({ value, onChange, onBlur, isInvalid, describedBy }) => (
        <Select
          {...rest}
          isRequired
          search
          isInvalid={isInvalid}
          aria-describedby={describedBy}
          value={value || null}
          onChange={key =>
            onChange(String(key ?? '') as FieldPathValue<Values, typeof name>)
          }
          onBlur={onBlur}
        />
      )}
    </FormField>
  );
}
