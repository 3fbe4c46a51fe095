import { ReactNode } from 'react';
import styles from './list.module.css';

/** In a cell, what matters and below it what explains it. */
export function TwoLines({ children }: { children: ReactNode }) {
  return <div className={styles.twoLines}>{children}</div>;
}

/** In a cell, what may be too long for it; whole where the pointer rests. */
export function Ellipsis(props: { title?: string; children: ReactNode }) {
  return (
    <span className={styles.ellipsis} title={props.title}>
      {props.children}
    </span>
  );
}

/** In a cell, two lines at most of what may be longer; whole where the pointer rests. */
export function Clamped(props: { title?: string; children: ReactNode }) {
  return (
    <div className={styles.clamped} title={props.title}>
      {props.children}
    </div>
  );
}
