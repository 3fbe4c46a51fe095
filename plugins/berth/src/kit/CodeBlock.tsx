import styles from './common.module.css';

/** A text to be read and copied, scrollable by keyboard too. */
export function CodeBlock(props: {
  text: string;
  label: string;
  maxHeight?: number;
}) {
  return (
    <pre
      className={styles.code}
      style={{ maxHeight: props.maxHeight }}
      role="region"
      aria-label={props.label}
      // A scrollable region must take the focus to be scrolled by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <code>{props.text}</code>
    </pre>
  );
}
