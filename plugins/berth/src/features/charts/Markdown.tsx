import { lazy, Suspense } from 'react';
import { Skeleton } from '@backstage/ui';

// The parser is larger than the rest of the page.
const MarkdownContent = lazy(() => import('./MarkdownContent'));

/** Shows Markdown that nobody has checked. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<Skeleton width="100%" height={240} />}>
      <MarkdownContent text={text} />
    </Suspense>
  );
}
