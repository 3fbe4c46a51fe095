import { ReactNode } from 'react';
import { Polled } from '../query';
import { RefreshControl } from '../RefreshControl';
import styles from './list.module.css';

/** Above a list: its filters, and at the end how fresh it is. */
export function ListToolbar(props: {
  children: ReactNode;
  polled: Polled<unknown>;
}) {
  return (
    <div className={styles.toolbar}>
      {props.children}
      <div className={styles.end}>
        <RefreshControl polled={props.polled} />
      </div>
    </div>
  );
}
