import { ComponentType, ReactNode } from 'react';
import { Text } from '@backstage/ui';
import styles from './common.module.css';

/** A message in place of a page's content. */
export function Notice(props: {
  icon: ComponentType<{ className?: string }>;
  tone?: 'neutral' | 'danger';
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  role?: 'alert' | 'status';
}) {
  const { icon: Icon, tone = 'neutral', title, children, actions } = props;
  return (
    <div className={styles.notice} role={props.role}>
      <span aria-hidden="true" data-tone={tone}>
        <Icon className={styles.noticeIcon} />
      </span>
      <Text as="h3" variant="title-x-small" weight="bold">
        {title}
      </Text>
      {children}
      {actions}
    </div>
  );
}
