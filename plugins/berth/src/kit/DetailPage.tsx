import { ReactNode } from 'react';
import { Container, Header, Text } from '@backstage/ui';
import { RiLockLine } from '@remixicon/react';
import { problemOf } from './format';
import { PageSkeleton } from './Loaded';
import { ProblemNotice, StaleAlert } from './notices';
import { Polled } from './query';
import { useAccess } from './hooks';
import { Notice, useText } from '.';

/**
 * The page of one resource: a header and its content, a skeleton while the resource loads, or why it cannot be
 * shown. A failed refresh keeps the content, with a warning.
 */
export function DetailPage<T>(props: {
  /** Shown until the resource is loaded. */
  title: string;
  breadcrumbs: { label: string; href: string }[];
  polled: Polled<T>;
  /** Replaces the content if the resource could not be loaded; a notice by default. */
  problem?: ReactNode;
  /** Replaces the content when the resource no longer exists; by default, its last state stays. */
  gone?: (value: T) => ReactNode;
  header: (value: T) => ReactNode;
  children: (value: T) => ReactNode;
}) {
  const { title, breadcrumbs, polled, gone, header, children } = props;
  const { value, error, refresh, refreshing } = polled;
  if (value === undefined) {
    const problem = props.problem ?? (
      <ProblemNotice error={error} onRetry={refresh} retrying={refreshing} />
    );
    return (
      <>
        <Header title={title} breadcrumbs={breadcrumbs} />
        <Container>{error ? problem : <PageSkeleton />}</Container>
      </>
    );
  }
  if (gone && error && problemOf(error).kind === 'notFound') {
    return (
      <>
        <Header title={title} breadcrumbs={breadcrumbs} />
        <Container>{gone(value)}</Container>
      </>
    );
  }
  return (
    <>
      {header(value)}
      <Container>
        <StaleAlert polled={polled} />
        {children(value)}
      </Container>
    </>
  );
}

/** Shows content that only admins can use; shows others where to go instead. */
export function AdminTab(props: {
  /** The page that others can use instead. */
  next?: string;
  /** Whether auditors, who read everything and change nothing, can use the content as well. */
  forAuditors?: boolean;
  children: ReactNode;
}) {
  const { next, forAuditors = false, children } = props;
  const t = useText();
  const { value: access } = useAccess();
  if (!access) {
    return null;
  }
  if (!access.admin && !(forAuditors && access.auditor)) {
    return (
      <Notice icon={RiLockLine} title={t('cluster.adminOnly.title')}>
        <Text color="secondary">{next ?? t('cluster.adminOnly.next')}</Text>
      </Notice>
    );
  }
  return <>{children}</>;
}
