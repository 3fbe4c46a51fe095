import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import styles from './common.module.css';

/**
 * Words that warn. The colours that @backstage/ui's `Text` has for that are too pale to read on light pages
 * (2.3:1 and 4:1, where WCAG AA asks for 4.5:1); those of its alerts are not.
 */
export function ToneText(props: {
  tone: 'warning' | 'danger';
  as?: 'p' | 'span';
  variant?: 'body-medium' | 'body-small' | 'body-x-small';
  className?: string;
  truncate?: boolean;
  title?: string;
  role?: 'alert';
  children: ReactNode;
}) {
  const { tone, className, ...rest } = props;
  return (
    <Text
      {...rest}
      className={[styles.toneText, className].filter(Boolean).join(' ')}
      data-tone={tone}
    />
  );
}
