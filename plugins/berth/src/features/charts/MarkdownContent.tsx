import { ReactNode } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useText } from '../../kit';
import styles from './charts.module.css';

const PLUGINS = [remarkGfm];

/** The schemes of links that leave the portal. Others, and paths, lead nowhere here. */
const OUTSIDE = /^(https?:\/\/|mailto:)/i;

/** The headings below those of the page. */
const HEADINGS = {
  h1: 'h4',
  h2: 'h5',
  h3: 'h6',
  h4: 'h6',
  h5: 'h6',
  h6: 'h6',
} as const;

/**
 * Shows Markdown that nobody has checked: without HTML, without images, because the server of an image would learn who
 * reads the page, and with links to other sites only.
 */
export default function MarkdownContent({ text }: { text: string }) {
  const t = useText();
  return (
    <div className={styles.markdown}>
      <ReactMarkdown
        skipHtml
        remarkPlugins={PLUGINS}
        components={{
          ...HEADINGS,
          a: OutsideLink,
          img: ({ alt }) => <em>{alt && t('charts.image', { text: alt })}</em>,
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}

function OutsideLink(props: { href?: string; children?: ReactNode }) {
  const { href = '', children } = props;
  return OUTSIDE.test(href) ? (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ) : (
    <>{children}</>
  );
}
