import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { RiLockLine } from '@remixicon/react';
import { useAccess } from '../../hooks';
import { Notice, useText } from '../common';

/** Keeps from others what only admins can use, and says so. */
export function AdminTab({ children }: { children: ReactNode }) {
  const t = useText();
  const { value: access } = useAccess();
  if (!access) {
    return null;
  }
  if (!access.admin) {
    return (
      <Notice icon={RiLockLine} title={t('cluster.adminOnly.title')}>
        <Text color="secondary">{t('cluster.adminOnly.next')}</Text>
      </Notice>
    );
  }
  return <>{children}</>;
}
