import { ReactNode } from 'react';
import { Button, Flex, Skeleton } from '@backstage/ui';
import { Polled } from './query';
import { ProblemAlert } from './notices';
import { useText } from './useText';

/** Shows fetched content, its skeleton while it loads, or why it could not be loaded. */
export function Loaded<T>(props: {
  polled: Polled<T>;
  /** The title of the failure. */
  title: string;
  height?: number;
  render: (value: T) => ReactNode;
}) {
  const { polled, title, height = 140, render } = props;
  const t = useText();
  if (polled.value !== undefined) {
    return <>{render(polled.value)}</>;
  }
  if (!polled.error) {
    return <Skeleton width="100%" height={height} />;
  }
  return (
    <Flex direction="column" gap="2" align="start">
      <ProblemAlert error={polled.error} title={title} />
      <Button
        variant="secondary"
        onPress={polled.refresh}
        isPending={polled.refreshing}
      >
        {t('common.retry')}
      </Button>
    </Flex>
  );
}

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
