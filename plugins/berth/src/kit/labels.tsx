import { ReactNode, Fragment } from 'react';
import { Text } from '@backstage/ui';
import {
  ClusterStatus,
  ClusterState,
  ShareState,
  ManagedNamespace,
} from '@berth/plugin-berth-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import styles from './common.module.css';
import { useText } from './useText';
import { isFailed } from './ClusterBanner';

/**
 * A text in a warning colour. The warning colours of @backstage/ui's `Text` are too pale for light pages (2.3:1
 * and 4:1; WCAG AA requires 4.5:1); those of its alerts are not.
 */
export function ToneText(props: {
  tone: 'warning' | 'danger';
  as?: 'p' | 'span';
  variant?: 'body-medium' | 'body-small' | 'body-x-small';
  className?: string;
  truncate?: boolean;
  title?: string;
  role?: 'alert' | 'status';
  children: ReactNode;
}) {
  const { tone, className, ...rest } = props;
  return (
    <Text
      {...rest}
      className={[styles.toneText, className].filter(Boolean).join(' ')}
      data-tone={tone}
    />
  );
}

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

/** Shows a cluster's state as a coloured mark and a word. A cluster that was never connected is being set up. */
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

/** Returns whether the portal was never connected to a cluster. */
export function isSettingUp({
  state,
  lastSeenAt,
}: Pick<ClusterStatus, 'state' | 'lastSeenAt'>): boolean {
  return state !== 'Connected' && state !== 'Pending' && !lastSeenAt;
}

/** Shows a share's state as a coloured mark and a word. */
export function ShareStateLabel({ state }: { state: ShareState }) {
  const t = useText();
  const tones: Record<ShareState, Tone> = {
    Ready: 'success',
    Pending: 'pending',
    Failed: 'danger',
  };
  return <ToneLabel tone={tones[state]} text={t(`shareState.${state}`)} />;
}

/**
 * Shows the status of a namespace as a coloured mark and a word: its phase, or that the portal fails to set it up.
 * While the portal cannot work with the cluster, the status is the last known one.
 */
export function NamespaceStatusLabel(props: {
  namespace: ManagedNamespace;
  /** Undefined while unknown. */
  clusterState?: ClusterState;
}) {
  const { namespace, clusterState } = props;
  const { phase, state } = namespace;
  const t = useText();
  const status =
    state === 'Failed' && phase !== 'Terminating' ? 'Failed' : phase;
  const tones: Record<typeof status, Tone> = {
    Active: 'success',
    Pending: 'pending',
    Terminating: 'danger',
    Failed: 'danger',
  };
  const text = t(`phase.${status}`);
  return isFailed(clusterState) ? (
    <ToneLabel tone="pending" text={t('lastKnown', { status: text })} />
  ) : (
    <ToneLabel tone={tones[status]} text={text} />
  );
}

/** Shows the groups through which a person is in a group, from the person's own group to that one. */
export function GroupPath({ path }: { path: string[] }) {
  return (
    <>
      {path.map((group, index) => (
        <Fragment key={group}>
          {index > 0 && ' → '}
          <EntityRefLink
            entityRef={group}
            defaultKind="group"
            hideIcon
            disableTooltip
          />
        </Fragment>
      ))}
    </>
  );
}
