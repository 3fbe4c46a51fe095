import { ReactNode } from 'react';
import { Container, Header } from '@backstage/ui';
import { problemOf } from './format';
import { PageSkeleton } from './PageSkeleton';
import { ProblemNotice } from './ProblemNotice';
import { Polled } from './query';
import { StaleAlert } from './StaleAlert';

/**
 * The page of one resource: a header and its content, a skeleton while the resource loads, or why it cannot be
 * shown. A failed refresh keeps the content, with a warning.
 */
export function DetailPage<T>(props: {
  /** Until the resource is loaded. */
  title: string;
  breadcrumbs: { label: string; href: string }[];
  polled: Polled<T>;
  /** In place of the content if the resource could not be loaded; a notice by default. */
  problem?: ReactNode;
  /** In place of the content when the resource no longer exists; by default, its last state stays. */
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
