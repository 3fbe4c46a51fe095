import { KeyboardEvent, ReactNode, useEffect, useRef, useState } from 'react';
import { Button, Text } from '@backstage/ui';
import { ObjectAddress } from '@berth/plugin-berth-common';
import { RiArrowDownLine, RiFileTextLine } from '@remixicon/react';
import { useUrlQuery } from '../hooks';
import { Notice, ProblemNotice } from '../notices';
import { useText } from '../useText';
import { LogControls } from './LogControls';
import { LogLines } from './LogLines';
import { formatLogChoice, LogChoice, parseLogChoice } from './logQuery';
import { neighbour } from './LogSearch';
import { LogSearchField } from './LogSearchField';
import { LogState } from './LogSession';
import { LogStatus, SourceStates } from './LogStatus';
import { useLogSearch, useLogSession } from './useLogSession';
import styles from './logs.module.css';

/** The log of a pod, or of all pods of a workload, with everything to find one's way in it. */
export function LogView({ address }: { address: ObjectAddress }) {
  const t = useText();
  const [choice, change] = useUrlQuery<LogChoice>(
    parseLogChoice,
    formatLogChoice,
  );
  const { loadedAt, reload, state, store, version } = useLogSession(
    address,
    choice,
  );
  const { found, isComplete } = useLogSearch(store, choice.search, version);
  const [current, setCurrent] = useState<number>();
  const [isAtEnd, setAtEnd] = useState(true);
  /** The number of the first line that came after the person left the end. */
  const [leftAt, setLeftAt] = useState(0);
  const container = useRef<HTMLDivElement>(null);
  const isFollowing = choice.follow && !choice.previous;
  const containers = useContainers(address, state, choice.container);

  useEffect(() => {
    setCurrent(undefined);
    setAtEnd(true);
  }, [store]);

  const onAtEndChange = (atEnd: boolean) => {
    setAtEnd(atEnd);
    setLeftAt(store.end);
  };
  const onStep = (direction: 1 | -1) => {
    const line = neighbour(found, current, direction);
    if (line !== undefined) {
      onAtEndChange(false);
      setCurrent(line);
    }
  };
  // The browser's own search does not find lines that are not drawn.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'f' && (event.ctrlKey || event.metaKey)) {
      const field = container.current?.querySelector<HTMLInputElement>(
        'input[type="search"]',
      );
      if (field) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    }
  };
  const added = store.end - leftAt;
  const isGrowing = isFollowing && state.phase !== 'ended';

  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- a short cut for what the search field does
    <div className={styles.view} ref={container} onKeyDown={onKeyDown}>
      <LogControls
        address={address}
        choice={choice}
        onChange={change}
        containers={containers}
        hasNoPrevious={
          state.sources.length > 0 &&
          !state.sources.some(({ restarted }) => restarted)
        }
      />
      <LogSearchField
        value={choice.search}
        onChange={search => {
          setCurrent(undefined);
          change({ search });
        }}
        found={found}
        isComplete={isComplete}
        isGrowing={isGrowing}
        current={current}
        onStep={onStep}
      />
      <SourceStates sources={state.sources} />
      {store.length === 0 ? (
        <EmptyLog state={state} isFollowing={isFollowing} onRetry={reload} />
      ) : (
        <div className={styles.lines}>
          <LogLines
            label={t('logs.label', { name: address.name })}
            store={store}
            version={version}
            sources={state.sources}
            timestamps={choice.timestamps}
            wrap={choice.wrap}
            needle={choice.search}
            current={current}
            isAtEnd={isAtEnd}
            onAtEndChange={onAtEndChange}
          />
          {!isAtEnd && (
            <div className={styles.toEnd}>
              <Button
                size="small"
                variant="primary"
                iconStart={<RiArrowDownLine />}
                onPress={() => onAtEndChange(true)}
              >
                {isGrowing
                  ? t(added > 0 ? 'logs.toEndNew' : 'logs.toEnd', {
                      count: added,
                    })
                  : t('logs.goToEnd')}
              </Button>
            </div>
          )}
        </div>
      )}
      {(store.length > 0 || state.phase !== 'failed') && (
        <LogStatus
          state={state}
          isFollowing={isFollowing}
          loadedAt={loadedAt}
          dropped={store.first}
          onReload={reload}
        />
      )}
    </div>
  );
}

/** Explains why there are no lines. */
function EmptyLog(props: {
  state: LogState;
  isFollowing: boolean;
  onRetry: () => void;
}): ReactNode {
  const { isFollowing, onRetry, state } = props;
  const t = useText();
  if (state.phase === 'failed') {
    return <ProblemNotice error={state.error} onRetry={onRetry} />;
  }
  const isOpen = state.phase === 'open';
  if (
    state.phase === 'loading' ||
    state.phase === 'reconnecting' ||
    (isOpen && !isFollowing)
  ) {
    return (
      <div className={styles.empty} role="status">
        <Text color="secondary">{t('logs.loading')}</Text>
      </div>
    );
  }
  const empty = isOpen ? 'emptyFollowing' : 'emptyEnded';
  const kind = state.sources.length === 0 ? 'noContainers' : empty;
  return (
    <Notice icon={RiFileTextLine} title={t(`logs.${kind}.title`)}>
      <Text variant="body-medium" color="secondary">
        {t(`logs.${kind}.next`)}
      </Text>
    </Notice>
  );
}

/** Returns the names of containers to choose from; those that were seen stay while only one is shown. */
function useContainers(
  address: ObjectAddress,
  { sources }: LogState,
  chosen: string,
): readonly string[] {
  const key = JSON.stringify(address);
  const seen = useRef<{ key: string; names: readonly string[] }>();
  const before = seen.current?.key === key ? seen.current.names : [];
  const names = [
    ...new Set([
      ...before,
      ...sources.map(({ container }) => container),
      ...(chosen ? [chosen] : []),
    ]),
  ];
  // The names only grow, so the same number of names is the same names.
  if (seen.current?.key !== key || names.length > before.length) {
    seen.current = { key, names };
  }
  return seen.current.names;
}
