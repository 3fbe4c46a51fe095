import { forwardRef, ReactNode } from 'react';
import styles from './list.module.css';

/** Around a table whose columns stand close together. */
export const ListTable = forwardRef<
  HTMLDivElement,
  {
    /** Whether other rows are on their way. */
    isStale?: boolean;
    children: ReactNode;
  }
>(({ isStale = false, children }, ref) => (
  <div
    ref={ref}
    className={`${styles.table} ${isStale ? styles.stale : ''}`}
    aria-busy={isStale}
  >
    {children}
  </div>
));
