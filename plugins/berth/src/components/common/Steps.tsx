import { ReactNode } from 'react';
import { Text, VisuallyHidden } from '@backstage/ui';
import { RiCheckLine } from '@remixicon/react';
import styles from './Steps.module.css';
import { useText } from './useText';

/** How far a step of a guided job has come. */
export type StepState = 'done' | 'current' | 'upcoming';

/** The steps of a guided job, one below the other. */
export function Steps({ children }: { children: ReactNode }) {
  return <ol className={styles.steps}>{children}</ol>;
}

/** One step: its number and title always, its content once it has come to it. */
export function Step(props: {
  number: number;
  title: string;
  state: StepState;
  /** Shown beside the title, such as what a finished step has led to. */
  summary?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const { number, title, state, summary, actions, children } = props;
  const t = useText();
  return (
    <li
      className={styles.step}
      data-state={state}
      aria-current={state === 'current' ? 'step' : undefined}
    >
      <div className={styles.head}>
        <span className={styles.mark} aria-hidden="true">
          {state === 'done' ? <RiCheckLine size={16} /> : number}
        </span>
        <div className={styles.titles}>
          <Text as="h3" variant="title-x-small" weight="bold">
            {title}
            <VisuallyHidden> ({t(`common.stepState.${state}`)})</VisuallyHidden>
          </Text>
          {summary && (
            <Text as="div" variant="body-small" color="secondary">
              {summary}
            </Text>
          )}
        </div>
        {actions}
      </div>
      {children && <div className={styles.body}>{children}</div>}
    </li>
  );
}
