import { Button, Text } from '@backstage/ui';
import { formatMoment, problemOf } from '../format';
import { useNow } from '../hooks';
import { useText } from '../useText';
import { LogSource, LogState } from './LogSession';
import styles from './logs.module.css';

const COLOURS = { failed: 'danger', reconnecting: 'warning' } as Partial<
  Record<LogState['phase'], 'danger' | 'warning'>
>;

/** Describes in one line what can still be expected of a log. */
export function LogStatus(props: {
  state: LogState;
  isFollowing: boolean;
  loadedAt: number;
  dropped: number;
  onReload: () => void;
}) {
  const { dropped, isFollowing, loadedAt, onReload, state } = props;
  const t = useText();
  const texts = [
    ...(dropped > 0 ? [t('logs.dropped', { count: dropped })] : []),
    ...(state.limited ? [t('logs.limited')] : []),
    ...state.notes,
  ];
  const isOver = state.phase === 'ended' || state.phase === 'failed';
  return (
    <div className={styles.status}>
      <Phase state={state} isFollowing={isFollowing} loadedAt={loadedAt} />
      {texts.map(text => (
        <Text key={text} variant="body-small" color="warning">
          {text}
        </Text>
      ))}
      {isOver && (
        <Button size="small" variant="tertiary" onPress={onReload}>
          {t('logs.reload')}
        </Button>
      )}
    </div>
  );
}

function Phase(props: {
  state: LogState;
  isFollowing: boolean;
  loadedAt: number;
}) {
  const { isFollowing, loadedAt, state } = props;
  const t = useText();
  const clock = formatMoment(loadedAt, loadedAt, 'en').clock;
  const ended = isFollowing
    ? t('logs.ended')
    : t('logs.loaded', { when: clock });
  return (
    <div className={styles.phase}>
      <Text
        role="status"
        variant="body-small"
        color={COLOURS[state.phase] ?? 'secondary'}
      >
        {state.phase === 'open' && isFollowing && t('logs.following')}
        {state.phase === 'reconnecting' &&
          t('logs.reconnecting', { message: problemOf(state.error).message })}
        {state.phase === 'failed' && problemOf(state.error).message}
        {state.phase === 'ended' && ended}
      </Text>
      {state.phase === 'reconnecting' && <Countdown until={state.retryAt} />}
    </div>
  );
}

/** Not for screen readers, which would read each second. */
function Countdown({ until }: { until?: number }) {
  const t = useText();
  const now = useNow(1_000);
  const seconds = Math.max(0, Math.ceil(((until ?? now) - now) / 1000));
  return (
    <Text aria-hidden="true" variant="body-small" color="warning">
      {t('logs.retryIn', { seconds })}
    </Text>
  );
}

/** Lists the containers of a log that have no lines, or no more lines, and why. */
export function SourceStates({ sources }: { sources: readonly LogSource[] }) {
  const t = useText();
  const described = sources.filter(
    ({ reason, state }) => state !== 'open' && reason !== undefined,
  );
  if (described.length === 0) {
    return null;
  }
  return (
    <ul className={styles.states} aria-label={t('logs.sourcesTitle')}>
      {described.map(({ container, index, pod, reason }) => (
        <li key={index}>
          <Text variant="body-small" weight="bold">
            {t('logs.source', { pod, container })}
          </Text>{' '}
          <Text variant="body-small" color="secondary">
            {reason}
          </Text>
        </li>
      ))}
    </ul>
  );
}
