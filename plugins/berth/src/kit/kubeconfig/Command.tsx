import { CodeBlock, CopyButton, useText } from '..';
import styles from './Kubeconfig.module.css';

/** A command with a button that copies it. */
export function Command({ label, text }: { label: string; text: string }) {
  const t = useText();
  return (
    <div className={styles.command}>
      <CodeBlock text={text} label={label} />
      <CopyButton
        text={text}
        aria-label={t('kubeconfig.copyCommand', { command: label })}
      />
    </div>
  );
}
