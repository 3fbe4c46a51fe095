import { Flex, Radio, RadioGroup } from '@backstage/ui';
import { kubectlViaSchema } from '@berth/plugin-berth-common';
import { useText } from '../../../../kit';
import { FormPassword, FormText } from '../../../../kit/form';
import { ClusterForm } from '../clusterForm';
import { FieldGroup } from './FieldGroup';

const BUILT_IN = ['oidc', 'serviceAccount'] as const;

/** Fields for clusters with unusual authentication. */
export function AdvancedFields(props: {
  form: ClusterForm;
  /** The connection for which a credential is stored. */
  stored?: string;
}) {
  const { form, stored } = props;
  const t = useText();
  return (
    <FieldGroup
      form={form}
      fields={[
        'connection',
        'credential',
        'kubectlVia',
        'usernamePrefix',
        'groupsPrefix',
      ]}
      title={t('form.advanced')}
      hint={t('form.advancedHint')}
    >
      <ConnectionFields form={form} stored={stored} />
      <KubectlField form={form} />
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

function KubectlField({ form }: { form: ClusterForm }) {
  const t = useText();
  return (
    <RadioGroup
      label={t('form.kubectlVia')}
      description={t('form.kubectlViaHint')}
      value={form.values.kubectlVia}
      onChange={chosen =>
        form.change({ kubectlVia: kubectlViaSchema.parse(chosen) })
      }
    >
      {kubectlViaSchema.options.map(via => (
        <Radio key={via} value={via}>
          {t(`form.kubectlViaChoice.${via}`)}
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** Fields for the portal's own access. A stored credential is never shown, only replaced. */
function ConnectionFields(props: {
  form: ClusterForm;
  /** The connection for which a credential is stored. */
  stored?: string;
}) {
  const { form, stored } = props;
  const t = useText();
  const { connection } = form.values;
  return (
    <Flex direction="column" gap="3">
      <RadioGroup
        label={t('form.connection')}
        description={t('form.connectionHint')}
        value={connection}
        onChange={chosen => form.change({ connection: chosen })}
      >
        {BUILT_IN.map(name => (
          <Radio key={name} value={name}>
            {t(`form.connectionChoice.${name}`)}
          </Radio>
        ))}
        {!BUILT_IN.some(name => name === connection) && (
          <Radio value={connection}>{connection}</Radio>
        )}
      </RadioGroup>
      {connection === 'serviceAccount' && (
        <FormPassword
          form={form}
          name="credential"
          label={t('form.credential')}
          description={t(
            stored === connection
              ? 'form.credentialStored'
              : 'form.credentialHint',
          )}
          isRequired={stored !== connection}
          autoComplete="off"
        />
      )}
    </Flex>
  );
}
