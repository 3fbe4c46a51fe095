import { TextField } from '@backstage/ui';
import { useText } from '../../../../kit';
import { ClusterForm } from '../useClusterForm';
import { propsOf } from './propsOf';

/** Where the API server is. */
export function ApiServerField({ form }: { form: ClusterForm }) {
  const t = useText();
  return (
    <TextField
      {...propsOf(form, 'apiServer')}
      type="url"
      label={t('form.apiServer')}
      description={t('form.apiServerHint')}
      placeholder="https://10.0.0.1:6443"
      isRequired
      autoComplete="off"
    />
  );
}
