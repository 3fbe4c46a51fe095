import { FieldPath, FieldValues } from 'react-hook-form';
import { ProblemAlert, useText } from '../../../kit';
import { Form, FormSelect } from '../../../kit/form';
import { useClusters } from '../../../kit/hooks';

/** Chooses the cluster of a new namespace. */
export function ClusterField<Values extends FieldValues>(props: {
  form: Form<Values>;
  name: FieldPath<Values>;
}) {
  const t = useText();
  const { value, error } = useClusters();
  return (
    <>
      <FormSelect
        {...props}
        label={t('newNamespace.cluster')}
        placeholder={t('newNamespace.chooseCluster')}
        options={(value?.items ?? []).map(({ name, title }) => ({
          id: name,
          label: name,
          ...(title && { description: title }),
        }))}
      />
      {error !== undefined && !value && <ProblemAlert error={error} />}
    </>
  );
}
