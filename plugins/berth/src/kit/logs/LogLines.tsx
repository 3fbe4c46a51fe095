import {
  UIEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import useMeasure from 'react-use/esm/useMeasure';
import { useText } from '../useText';
import { sourceCss } from './colours';
import { LineLayout } from './LineLayout';
import { LogRow, TIME_COLUMNS } from './LogRow';
import { LogSource } from './LogSession';
import { LogStore } from './LogStore';
import { shortNames } from './shortNames';
import styles from './logs.module.css';

/** The height of a row in pixels, as in logs.module.css. */
const ROW = 20;
const PADDING = 24;
/** Rows that are drawn above and below those in sight. */
const SPARE = 10;
/** Where nothing can be measured. */
const DEFAULT_HEIGHT = 480;
const MAX_NAME = 28;
/** Where the time and the name take this many columns of a narrow page, they are above the text. */
const NARROW = { width: 600, columns: 20 };
const SAMPLE = '0'.repeat(100);

export interface LogLinesProps {
  label: string;
  store: LogStore;
  /** Changes when lines were added. */
  version: number;
  sources: readonly LogSource[];
  timestamps: boolean;
  wrap: boolean;
  needle: string;
  /** The line to bring into sight. */
  current?: number;
  /** Whether the newest line stays in sight. */
  isAtEnd: boolean;
  onAtEndChange: (isAtEnd: boolean) => void;
}

/**
 * The lines of a log, of which only those in sight are drawn. The libraries for long lists in Backstage keep an object
 * for each row that they have measured; the height of a line of a log follows from its length.
 */
export function LogLines(props: LogLinesProps) {
  const { current, isAtEnd, label, needle, onAtEndChange, sources } = props;
  const { store, timestamps, version, wrap } = props;
  const t = useText();
  const [measure, { width, height }] = useMeasure<HTMLDivElement>();
  const sample = useRef<HTMLSpanElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const last = useRef({ top: 0, first: 0 });

  const described = useMemo(() => {
    const names = shortNames(sources);
    return sources.map((source, index) => ({
      name: names[index],
      title: t('logs.source', {
        pod: source.pod,
        container: source.container,
      }),
      css: sourceCss(source.index),
    }));
  }, [sources, t]);
  const hasSources = sources.length > 1;
  const nameColumns = hasSources
    ? Math.min(MAX_NAME, Math.max(...described.map(({ name }) => name.length)))
    : 0;

  const charWidth = (sample.current?.offsetWidth ?? 0) / SAMPLE.length;
  const taken =
    (timestamps ? TIME_COLUMNS : 0) + (hasSources ? nameColumns + 2 : 0);
  const isStacked =
    wrap && width > 0 && width < NARROW.width && taken >= NARROW.columns;
  const columns =
    wrap && width > 0 && charWidth > 0
      ? Math.max(
          10,
          Math.floor((width - PADDING) / charWidth) - (isStacked ? 0 : taken),
        )
      : Infinity;
  const layout = useMemo(
    () => new LineLayout(store, columns, isStacked ? 1 : 0),
    [store, columns, isStacked],
  );
  // The version stands for what the store holds.
  const { first, end } = useMemo(() => {
    layout.update();
    return { first: layout.first, end: layout.end, version };
  }, [layout, version]);

  const visibleHeight = height || DEFAULT_HEIGHT;
  const rows = end - first;
  const shownTop = isAtEnd
    ? Math.max(0, rows * ROW - visibleHeight)
    : Math.min(top, Math.max(0, rows * ROW - visibleHeight));
  const firstRow = first + Math.max(0, Math.floor(shownTop / ROW) - SPARE);
  const lastRow = Math.min(
    end - 1,
    first + Math.ceil((shownTop + visibleHeight) / ROW) + SPARE,
  );
  const lines: number[] = [];
  if (store.length > 0) {
    const until = layout.lineAt(lastRow);
    for (let line = layout.lineAt(firstRow); line <= until; line += 1) {
      lines.push(line);
    }
  }

  // What is read stays in place when older lines above it are dropped.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) {
      return;
    }
    const dropped = first - last.current.first;
    last.current.first = first;
    if (isAtEnd) {
      element.scrollTop = element.scrollHeight;
    } else if (dropped > 0) {
      element.scrollTop -= dropped * ROW;
    }
    last.current.top = element.scrollTop;
  }, [first, end, isAtEnd, visibleHeight]);

  useEffect(() => {
    const element = scroller.current;
    if (element && current !== undefined && current >= store.first) {
      const row = layout.rowOf(current) - layout.first;
      element.scrollTop = row * ROW - element.clientHeight / 2;
    }
  }, [current, layout, store]);

  const onScroll = ({ currentTarget: element }: UIEvent<HTMLDivElement>) => {
    const { clientHeight, scrollHeight, scrollTop } = element;
    const isBottom = scrollTop + clientHeight >= scrollHeight - ROW;
    const isUpward = scrollTop < last.current.top;
    last.current.top = scrollTop;
    setTop(scrollTop);
    if (isAtEnd && isUpward && !isBottom) {
      onAtEndChange(false);
    } else if (!isAtEnd && !isUpward && isBottom) {
      onAtEndChange(true);
    }
  };

  return (
    <div className={styles.frame} ref={measure}>
      <span className={styles.sample} ref={sample} aria-hidden="true">
        {SAMPLE}
      </span>
      {/* A screen reader reads the lines on request: a log can have thousands of new ones. */}
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-live="off"
        aria-label={label}
        data-wrap={wrap}
        data-stacked={isStacked}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard scrolls it
        tabIndex={0}
        onScroll={onScroll}
        style={
          {
            '--log-name-columns': `${nameColumns}ch`,
            '--log-columns': columns === Infinity ? 'none' : `${columns}ch`,
          } as React.CSSProperties
        }
      >
        <div className={styles.all} style={{ height: rows * ROW }}>
          <div
            className={styles.visible}
            style={{
              transform: `translateY(${
                lines.length > 0 ? (layout.rowOf(lines[0]) - first) * ROW : 0
              }px)`,
            }}
          >
            {lines.map(line => (
              <LogRow
                key={line}
                text={store.text(line)}
                time={timestamps ? store.time(line) : undefined}
                source={hasSources ? described[store.source(line)] : undefined}
                height={(layout.rowOf(line + 1) - layout.rowOf(line)) * ROW}
                needle={needle}
                isCurrent={line === current}
              />
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}
