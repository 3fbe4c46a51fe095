import { Flex, Text, TextField } from '@backstage/ui';
import { cleanClusterName } from '@berth/plugin-berth-common';
import { useText } from '../../../../kit';
import { ClusterForm } from '../useClusterForm';
import { propsOf } from './propsOf';

/** The name, with what becomes of it shown while it is typed. */
export function NameField({ form }: { form: ClusterForm }) {
  const t = useText();
  const typed = form.values.name;
  const cleaned = cleanClusterName(typed);
  return (
    <Flex direction="column" gap="1">
      <TextField
        {...propsOf(form, 'name')}
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
