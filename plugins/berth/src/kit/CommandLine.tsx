import styles from './common.module.css';
import { CopyIcon } from './CopyButton';

/** Shows a command of one line, with a button that copies it. */
export function CommandLine({ command }: { command: string }) {
  return (
    <div className={styles.command}>
      <code>{command}</code>
      <CopyIcon text={command} />
    </div>
  );
}
