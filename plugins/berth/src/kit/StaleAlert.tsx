import { Alert, Box, Button } from '@backstage/ui';
import { problemOf } from './format';
import { Polled } from './query';
import { useMomentText } from './Moment';
import { useText } from './useText';

/** Warns that a refresh failed and that the content is old. */
export function StaleAlert({ polled }: { polled: Polled<unknown> }) {
  const t = useText();
  const { relative } = useMomentText(polled.updatedAt ?? 0);
  if (!polled.error || !polled.value) {
    return null;
  }
  return (
    <Box mb="3">
      <Alert
        role="status"
        status="warning"
        icon
        title={t('common.staleTitle')}
        description={t('common.staleDescription', {
          message: problemOf(polled.error).message,
          when: relative,
        })}
        customActions={
          <Button
            size="small"
            variant="tertiary"
            onPress={polled.refresh}
            isPending={polled.refreshing}
          >
            {t('common.retry')}
          </Button>
        }
      />
    </Box>
  );
}
