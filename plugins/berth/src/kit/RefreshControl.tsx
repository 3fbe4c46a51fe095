import { ButtonIcon, Flex, Text } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { Polled } from './query';
import { Moment } from './Moment';
import { useText } from './useText';

/** When the data was fetched, and a button to fetch it again. */
export function RefreshControl({ polled }: { polled: Polled<unknown> }) {
  const t = useText();
  return (
    <Flex align="center" gap="2">
      {polled.updatedAt && (
        <Text variant="body-small" color="secondary">
          {t('common.updated', { when: <Moment at={polled.updatedAt} /> })}
        </Text>
      )}
      <ButtonIcon
        variant="secondary"
        icon={<RiRefreshLine />}
        aria-label={t('common.refresh')}
        onPress={polled.refresh}
        isPending={polled.refreshing}
      />
    </Flex>
  );
}
