import { useEffect, useRef } from 'react';
import { Text } from '@backstage/ui';
import { HelmOperationLine } from '@berth/plugin-berth-common';
import { Loaded, Section, useText } from '../../../kit';
import common from '../../../kit/common.module.css';
import styles from '../helm.module.css';
import { useOperationLines } from './useOperation';

/** How far above the end a person may have scrolled and still follow it, in pixels. */
const NEAR_END = 40;

/** Shows what an operation did, as it goes on. */
export function OperationLines({ id }: { id: string }) {
  const t = useText();
  const polled = useOperationLines(id);
  return (
    <Section title={t('helm.lines.title')}>
      <Loaded
        polled={polled}
        title={t('helm.lines.failed')}
        render={({ items }) =>
          items.length === 0 ? (
            <Text color="secondary">{t('helm.lines.none')}</Text>
          ) : (
            <Lines lines={items} />
          )
        }
      />
    </Section>
  );
}

function Lines({ lines }: { lines: HelmOperationLine[] }) {
  const t = useText();
  const frame = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    if (frame.current && follows.current) {
      frame.current.scrollTop = frame.current.scrollHeight;
    }
  }, [lines]);
  return (
    <div
      ref={frame}
      className={`${common.frame} ${styles.lines}`}
      role="log"
      aria-label={t('helm.lines.title')}
      // A scrollable region must be focusable to scroll by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={({
        currentTarget: { scrollTop, scrollHeight, clientHeight },
      }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      {lines.map(({ seq, at, level, text }) => (
        <div key={seq} className={styles.line} data-level={level}>
          <time dateTime={at}>{timeOf(at)}</time>
          <span>{text}</span>
        </div>
      ))}
    </div>
  );
}

function timeOf(at: string): string {
  return new Date(at).toLocaleTimeString('en-GB');
}
