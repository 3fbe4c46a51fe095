import { useText } from '../../../../kit';
import { FormText } from '../../../../kit/form';
import { ClusterForm } from '../clusterForm';
import { ConnectionFields } from './ConnectionFields';
import { FieldGroup } from './FieldGroup';

/** What only clusters with unusual authentication need. */
export function AdvancedFields(props: {
  form: ClusterForm;
  /** The connection for which a credential is stored already. */
  stored?: string;
}) {
  const { form, stored } = props;
  const t = useText();
  return (
    <FieldGroup
      form={form}
      fields={['connection', 'credential', 'usernamePrefix', 'groupsPrefix']}
      title={t('form.advanced')}
      hint={t('form.advancedHint')}
    >
      <ConnectionFields form={form} stored={stored} />
      <FormText
        form={form}
        name="usernamePrefix"
        label={t('form.usernamePrefix')}
        description={t('form.usernamePrefixHint')}
        autoComplete="off"
      />
      <FormText
        form={form}
        name="groupsPrefix"
        label={t('form.groupsPrefix')}
        description={t('form.groupsPrefixHint')}
        autoComplete="off"
      />
    </FieldGroup>
  );
}
