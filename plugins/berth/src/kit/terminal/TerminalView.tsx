import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Alert, Button, Skeleton, Text } from '@backstage/ui';
import { ObjectAddress, TerminalShell } from '@berth/plugin-berth-common';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { problemOf } from '../format';
import { useText } from '../useText';
import { TerminalConnection, TerminalState } from './TerminalConnection';
import type { Screen } from './XtermScreen';
import styles from './terminal.module.css';

const XtermScreen = lazy(() => import('./XtermScreen'));

export interface TerminalViewProps {
  /** A pod. */
  address: ObjectAddress;
  container: string;
  shell?: TerminalShell;
}

/** A shell in a container: connects as soon as the screen can show it, and shows why it ended. */
export function TerminalView(props: TerminalViewProps) {
  const { address, container, shell = 'auto' } = props;
  const { cluster, namespace = '', name: pod } = address;
  const t = useText();
  const api = useApi(berthApiRef);
  const [attempt, setAttempt] = useState(1);
  const [state, setState] = useState<TerminalState>({ phase: 'connecting' });
  const connection = useRef<TerminalConnection>();
  const [screen, setScreen] = useState<Screen>();
  const size = useRef<[number, number]>();
  const leave = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    setState({ phase: 'connecting' });
    if (!screen) {
      return undefined;
    }
    const opened = new TerminalConnection({
      api,
      address: { cluster, namespace, pod },
      request: { container, shell },
      onState: setState,
      onOutput: bytes => screen.write(bytes),
    });
    connection.current = opened;
    if (size.current) {
      opened.resize(...size.current);
    }
    opened.open();
    return () => opened.close();
    // Another attempt has another screen.
  }, [api, cluster, namespace, pod, container, shell, screen]);

  const { phase } = state;
  useEffect(() => {
    if (phase === 'open') {
      screen?.focus();
    }
  }, [phase, screen]);

  return (
    <div className={styles.view}>
      <div role="status">
        {phase === 'connecting' && (
          <Text variant="body-small">
            {t('terminal.connecting', { container })}
          </Text>
        )}
        {phase === 'open' && (
          <Text variant="body-small">{t('terminal.open', { container })}</Text>
        )}
      </div>
      {state.phase === 'ended' && (
        <Alert
          role="alert"
          status={state.cause === 'Exited' ? 'info' : 'warning'}
          icon
          title={t(`terminal.ended.${state.cause}`)}
          description={
            state.cause === 'NoUpgrade' || state.cause === 'Forbidden'
              ? t(`terminal.next.${state.cause}`)
              : wordsOf(state)
          }
          customActions={
            <Button
              size="small"
              variant="secondary"
              onPress={() => setAttempt(count => count + 1)}
            >
              {t('terminal.reconnect')}
            </Button>
          }
        />
      )}
      <Suspense fallback={<Skeleton height={200} />}>
        <XtermScreen
          key={attempt}
          label={t('terminal.label', { container, pod })}
          onReady={setScreen}
          onInput={text => connection.current?.type(text)}
          onResize={(columns, rows) => {
            size.current = [columns, rows];
            connection.current?.resize(columns, rows);
          }}
          onLeave={() => leave.current?.focus()}
        />
      </Suspense>
      <div className={styles.bar}>
        <Text variant="body-small" color="secondary">
          {t('terminal.leaveHint')}
        </Text>
        <Button
          ref={leave}
          size="small"
          variant="tertiary"
          isDisabled={phase !== 'open'}
          onPress={() => screen?.focus()}
        >
          {t('terminal.back')}
        </Button>
      </div>
    </div>
  );
}

function wordsOf(state: Extract<TerminalState, { phase: 'ended' }>): string {
  return state.error === undefined
    ? state.message ?? ''
    : problemOf(state.error).message;
}
