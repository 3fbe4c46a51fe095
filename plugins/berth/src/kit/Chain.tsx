import { ReactNode } from 'react';
import type { RemixiconComponentType } from '@remixicon/react';
import styles from './Chain.module.css';

/** A vertical list of steps that follow from each other. */
export function Chain({ children }: { children: ReactNode }) {
  return <ol className={styles.chain}>{children}</ol>;
}

/** A link of a {@link Chain}. Its words must repeat the meaning of its mark and tone. */
export function ChainLink(props: {
  mark: RemixiconComponentType;
  tone?: 'success' | 'danger';
  /** Whether this is the current step. */
  isCurrent?: boolean;
  children: ReactNode;
}) {
  const { mark: Mark, tone, isCurrent, children } = props;
  return (
    <li
      className={styles.link}
      data-tone={tone}
      aria-current={isCurrent ? 'step' : undefined}
    >
      <span className={styles.mark} aria-hidden="true">
        <Mark size={16} />
      </span>
      <div className={styles.words}>{children}</div>
    </li>
  );
}
