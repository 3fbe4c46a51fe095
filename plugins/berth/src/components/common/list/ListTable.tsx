import { forwardRef, ReactNode } from 'react';
import styles from './list.module.css';

/** Around a table whose columns stand close together. */
export const ListTable = forwardRef<HTMLDivElement, { children: ReactNode }>(
  ({ children }, ref) => (
    <div ref={ref} className={styles.table}>
      {children}
    </div>
  ),
);
