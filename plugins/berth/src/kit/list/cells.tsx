import { ReactNode } from 'react';
import styles from './list.module.css';

/** Shows a value in a cell, with its explanation below. */
export function TwoLines({ children }: { children: ReactNode }) {
  return <div className={styles.twoLines}>{children}</div>;
}

/** Shows a text in a cell, cut off if it is too long, with the whole text on hover. */
export function Ellipsis(props: { title?: string; children: ReactNode }) {
  return (
    <span className={styles.ellipsis} title={props.title}>
      {props.children}
    </span>
  );
}

/** Shows at most two lines of a longer text in a cell, with the whole text on hover. */
export function Clamped(props: { title?: string; children: ReactNode }) {
  return (
    <div className={styles.clamped} title={props.title}>
      {props.children}
    </div>
  );
}
