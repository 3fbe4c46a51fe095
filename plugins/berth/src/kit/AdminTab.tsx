import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { RiLockLine } from '@remixicon/react';
import { useAccess } from './hooks';
import { Notice, useText } from '.';

/** Shows what only admins can use, and to others where to go instead. */
export function AdminTab(props: {
  /** Where others find what concerns them. */
  next?: string;
  /** Whether auditors, who read everything and change nothing, can use it as well. */
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
