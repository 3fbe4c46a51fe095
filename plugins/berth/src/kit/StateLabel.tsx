import {
  ClusterStatus,
  ClusterState,
  ShareState,
} from '@berth/plugin-berth-common';
import styles from './common.module.css';
import { useText } from './useText';

export type Tone = 'success' | 'danger' | 'pending';

/** A coloured mark with its meaning in words. */
export function ToneLabel({ tone, text }: { tone: Tone; text: string }) {
  return (
    <span className={styles.stateLabel}>
      <span className={styles.stateDot} data-tone={tone} aria-hidden="true" />
      {text}
    </span>
  );
}

/** A cluster's state as a coloured mark and a word. One that was never connected is being set up. */
export function ClusterStateLabel(props: {
  status: Pick<ClusterStatus, 'state' | 'lastSeenAt'>;
}) {
  const { status } = props;
  const { state } = status;
  const t = useText();
  if (isSettingUp(status)) {
    return <ToneLabel tone="pending" text={t('state.settingUp')} />;
  }
  const tones: Partial<Record<ClusterState, Tone>> = {
    Connected: 'success',
    Pending: 'pending',
  };
  return (
    <ToneLabel tone={tones[state] ?? 'danger'} text={t(`state.${state}`)} />
  );
}

/** Whether the portal never had a connection to a cluster. */
export function isSettingUp({
  state,
  lastSeenAt,
}: Pick<ClusterStatus, 'state' | 'lastSeenAt'>): boolean {
  return state !== 'Connected' && state !== 'Pending' && !lastSeenAt;
}

/** A share's state as a coloured mark and a word. */
export function ShareStateLabel({ state }: { state: ShareState }) {
  const t = useText();
  const tones: Record<ShareState, Tone> = {
    Ready: 'success',
    Pending: 'pending',
    Failed: 'danger',
  };
  return <ToneLabel tone={tones[state]} text={t(`shareState.${state}`)} />;
}
