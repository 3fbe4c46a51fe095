import { useId } from 'react';
import { SystemPicker } from '../../../../kit/pickers';
import { RequestFormState } from '../useRequestForm';
import { FieldProblem } from './FieldProblem';

/** Which system of the catalog a new namespace will be part of, if any. */
export function SystemField({ form }: { form: RequestFormState }) {
  const id = useId();
  const problem = form.errorOf('system');
  return (
    <div>
      <SystemPicker
        value={form.values.system || undefined}
        isInvalid={problem !== undefined}
        describedBy={id}
        onChange={(system = '') => form.change({ system })}
      />
      <FieldProblem id={id} text={problem} />
    </div>
  );
}
