import { useId } from 'react';
import { Select } from '@backstage/ui';
import { RequestField } from '../requestForm';
import { RequestFormState } from '../useRequestForm';
import { FieldProblem } from './FieldProblem';

/** A choice that says itself what is wrong with it: the library asks only about what is chosen already. */
export function ChoiceField(props: {
  form: RequestFormState;
  field: RequestField & ('cluster' | 'namespace' | 'group');
  label: string;
  description?: string;
  placeholder: string;
  options: { id: string; label: string; description?: string }[];
}) {
  const { form, field, ...rest } = props;
  const id = useId();
  const problem = form.errorOf(field);
  return (
    <div>
      <Select
        {...rest}
        isRequired
        search
        isInvalid={problem !== undefined}
        aria-describedby={id}
        value={form.values[field] || null}
        onChange={key => form.change({ [field]: String(key ?? '') })}
        onBlur={() => form.touch(field)}
      />
      <FieldProblem id={id} text={problem} />
    </div>
  );
}
