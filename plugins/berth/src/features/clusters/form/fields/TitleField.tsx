import { TextField } from '@backstage/ui';
import { useText } from '../../../../kit';
import { ClusterForm } from '../useClusterForm';
import { propsOf } from './propsOf';

/** What people call the cluster. */
export function TitleField({ form }: { form: ClusterForm }) {
  const t = useText();
  return (
    <TextField
      {...propsOf(form, 'title')}
      label={t('form.title')}
      description={t('form.titleHint')}
    />
  );
}
