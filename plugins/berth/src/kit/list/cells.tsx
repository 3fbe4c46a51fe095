import { ReactNode } from 'react';
import styles from './list.module.css';

/** In a cell, the value with its explanation below. */
export function TwoLines({ children }: { children: ReactNode }) {
  return <div className={styles.twoLines}>{children}</div>;
}

/** In a cell, a text that is cut off where it is too long, with the whole text on hover. */
export function Ellipsis(props: { title?: string; children: ReactNode }) {
  return (
    <span className={styles.ellipsis} title={props.title}>
      {props.children}
    </span>
  );
}

/** In a cell, two lines at most of a longer text, with the whole text on hover. */
export function Clamped(props: { title?: string; children: ReactNode }) {
  return (
    <div className={styles.clamped} title={props.title}>
      {props.children}
    </div>
  );
}
