import { Alert } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { CodeBlock, CopyButton, useText, useMomentText } from '..';
import styles from './Kubeconfig.module.css';
import { formatRemaining } from '../format';
import { useNow } from '../hooks';

/** Shows a command with a button that copies it. */
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

/** Shows the expiry of a token, with a countdown. */
export function Validity({ expiresAt }: { expiresAt: number }) {
  const t = useText();
  const remaining = expiresAt - useNow(1000);
  const { clock } = useMomentText(expiresAt);
  if (remaining <= 0) {
    return (
      <Alert
        status="warning"
        icon
        role="alert"
        title={t('kubeconfig.expired', { time: clock })}
        description={t('kubeconfig.expiredNext')}
      />
    );
  }
  return (
    <Alert
      status="info"
      icon
      title={t('kubeconfig.validUntil', { time: clock })}
      description={t('kubeconfig.remaining', {
        time: (
          // A countdown that is announced every second would drown out everything else.
          <span role="timer" aria-live="off">
            {formatRemaining(remaining)}
          </span>
        ),
      })}
    />
  );
}

/** Explains the address in the kubeconfig of a cluster that kubectl reaches through the portal. */
export function ViaPortal({ cluster }: { cluster: Cluster }) {
  const t = useText();
  return cluster.kubectlVia === 'portal' ? (
    <Alert
      status="info"
      icon
      title={t('kubectl.viaPortal', { cluster: cluster.name })}
    />
  ) : null;
}
