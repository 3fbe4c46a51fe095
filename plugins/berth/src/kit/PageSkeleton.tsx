import { Flex, Skeleton } from '@backstage/ui';
import { useText } from './useText';

/** The skeleton of a page with tabs. */
export function PageSkeleton() {
  const t = useText();
  return (
    <Flex
      direction="column"
      gap="3"
      role="status"
      aria-label={t('common.loading')}
    >
      <Skeleton width={320} height={24} />
      <Skeleton width="100%" height={140} />
      <Skeleton width="100%" height={140} />
    </Flex>
  );
}
