import { Flex, Text } from '@backstage/ui';
import { useText } from '../../../kit';

/** What becomes of a cluster that is removed from the portal. */
export function Consequences() {
  const t = useText();
  return (
    <Flex direction="column" gap="1">
      <Text>{t('remove.portal')}</Text>
      <Text>{t('remove.cluster')}</Text>
      <Text>{t('remove.tokens')}</Text>
      <Text>{t('remove.id')}</Text>
    </Flex>
  );
}
