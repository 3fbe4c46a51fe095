import { ReactNode } from 'react';
import { VisuallyHidden } from '@backstage/ui';
import { AccessProvider } from '../../kit/hooks';
import { QueryProvider } from '../../kit/query';
import { useText } from '../../kit';
import styles from './EntityPages.module.css';

/** Provides the contexts that Berth's components need on the pages of other plugins. */
export function EntityFrame({ children }: { children: ReactNode }) {
  const t = useText();
  return (
    <QueryProvider>
      <AccessProvider>
        <div className={styles.frame}>
          <VisuallyHidden>
            {/* The heading level between the entity's own heading and those of the sections. */}
            <h2>{t('plugin.title')}</h2>
          </VisuallyHidden>
          {children}
        </div>
      </AccessProvider>
    </QueryProvider>
  );
}
