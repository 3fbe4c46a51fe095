import { Flex, Text } from '@backstage/ui';
import { cleanClusterName } from '@berth/plugin-berth-common';
import { useText } from '../../../../kit';
import { FormText } from '../../../../kit/form';
import { ClusterForm } from '../clusterForm';
import { CaField } from './CaField';

/** The name of the cluster and the address of its API server. */
export function WhereFields(props: { form: ClusterForm; isNew?: boolean }) {
  const { form, isNew } = props;
  const t = useText();
  return (
    <>
      {isNew && <NameField form={form} />}
      <FormText
        form={form}
        name="title"
        label={t('form.title')}
        description={t('form.titleHint')}
      />
      <FormText
        form={form}
        name="apiServer"
        type="url"
        label={t('form.apiServer')}
        description={t('form.apiServerHint')}
        placeholder="https://10.0.0.1:6443"
        isRequired
        autoComplete="off"
      />
      <CaField form={form} />
    </>
  );
}

/** The name as typed, and the cleaned name. */
function NameField({ form }: { form: ClusterForm }) {
  const t = useText();
  const typed = form.values.name;
  const cleaned = cleanClusterName(typed);
  return (
    <Flex direction="column" gap="1">
      <FormText
        form={form}
        name="name"
        label={t('form.name')}
        description={t('form.nameRule')}
        isRequired
        autoComplete="off"
      />
      <div aria-live="polite">
        {cleaned && cleaned !== typed && (
          <Text variant="body-small">
            {t('form.cleanedName', { name: <strong>{cleaned}</strong> })}
          </Text>
        )}
      </div>
    </Flex>
  );
}
