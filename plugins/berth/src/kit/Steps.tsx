import { ReactNode, useId, useState } from 'react';
import { Box, Button, Text, VisuallyHidden } from '@backstage/ui';
import { RiCheckLine } from '@remixicon/react';
import styles from './Steps.module.css';
import { useText } from './useText';

/** The progress of a step. */
export type StepState = 'done' | 'current' | 'upcoming';

/** The steps of a task, from top to bottom. */
export function Steps({ children }: { children: ReactNode }) {
  return <ol className={styles.steps}>{children}</ol>;
}

/** A step with its number and title. The content of a finished step is closed. */
export function Step(props: {
  number: number;
  title: string;
  state: StepState;
  /** Shown below the title, such as the result of a finished step. */
  summary?: ReactNode;
  actions?: ReactNode;
  /** Keeps the content of a finished step open. */
  keepOpen?: boolean;
  children?: ReactNode;
}) {
  const { number, title, state, summary, actions, keepOpen, children } = props;
  const t = useText();
  const contentId = useId();
  const [closable] = useState(state === 'done' && !keepOpen);
  const [open, setOpen] = useState(!closable);
  return (
    <li
      data-state={state}
      className={styles.step}
      aria-current={state === 'current' ? 'step' : undefined}
    >
      <Box bg="neutral" p="4" className={styles.box}>
        <div className={styles.head}>
          <span className={styles.mark} aria-hidden="true">
            {state === 'done' ? <RiCheckLine size={16} /> : number}
          </span>
          <div className={styles.titles}>
            <Text as="h3" variant="title-x-small" weight="bold">
              {title}
              <VisuallyHidden>
                {' '}
                ({t(`common.stepState.${state}`)})
              </VisuallyHidden>
            </Text>
            {summary && (
              <Text as="p" variant="body-small" color="secondary">
                {summary}
              </Text>
            )}
          </div>
          {actions}
          {closable && children && (
            <Button
              variant="secondary"
              aria-expanded={open}
              aria-controls={open ? contentId : undefined}
              aria-label={t(open ? 'common.hideStep' : 'common.showStep', {
                title,
              })}
              onPress={() => setOpen(!open)}
            >
              {t(open ? 'common.hide' : 'common.show')}
            </Button>
          )}
        </div>
        {children && open && (
          <div id={contentId} className={styles.body}>
            {children}
          </div>
        )}
      </Box>
    </li>
  );
}
