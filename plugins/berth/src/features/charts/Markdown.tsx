import { lazy, Suspense } from 'react';
import { Skeleton, Text } from '@backstage/ui';
import { CodeBlock, useText } from '../../kit';
import { isDeepMarkdown } from './isDeepMarkdown';

const PLAIN_HEIGHT = 600;

// The parser is larger than the rest of the page.
const MarkdownContent = lazy(() => import('./MarkdownContent'));

/** Shows Markdown that nobody has checked. */
export function Markdown({ text }: { text: string }) {
  const t = useText();
  if (isDeepMarkdown(text)) {
    return (
      <>
        <Text as="p" variant="body-small" color="secondary">
          {t('charts.deep.hint')}
        </Text>
        <CodeBlock
          text={text}
          label={t('charts.deep.label')}
          maxHeight={PLAIN_HEIGHT}
        />
      </>
    );
  }
  return (
    <Suspense fallback={<Skeleton width="100%" height={240} />}>
      <MarkdownContent text={text} />
    </Suspense>
  );
}
