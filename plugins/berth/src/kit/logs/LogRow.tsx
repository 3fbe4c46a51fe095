import { CSSProperties, memo } from 'react';
import { useText } from '../useText';
import { parseAnsi, StyledText } from './ansi';
import { cssOf } from './colours';
import { MAX_SHOWN } from './LineLayout';
import { placesOf } from './LogSearch';
import styles from './logs.module.css';

const CLOCK = new Intl.DateTimeFormat('en-CA', {
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** The columns that a time takes, with the space after it. */
export const TIME_COLUMNS = 20;

/** Writes a time in the person's time zone, such as `11-29 20:59:12.123`. */
export function clockOf(time: number): string {
  if (Number.isNaN(time)) {
    return '';
  }
  const parts = Object.fromEntries(
    CLOCK.formatToParts(time).map(({ type, value }) => [type, value]),
  );
  const { month, day, hour, minute, second, fractionalSecond } = parts;
  return `${month}-${day} ${hour}:${minute}:${second}.${fractionalSecond}`;
}

export interface LogRowProps {
  text: string;
  /** In milliseconds since the epoch; undefined if times are not shown. */
  time?: number;
  /** The source, if there is more than one. */
  source?: { name: string; title: string; css: CSSProperties };
  height: number;
  needle: string;
  isCurrent: boolean;
}

/** One line of a log. */
export const LogRow = memo(function Row(props: LogRowProps) {
  const { height, isCurrent, needle, source, text, time } = props;
  const t = useText();
  const more = text.length - MAX_SHOWN;
  const shown = more > 0 ? text.slice(0, MAX_SHOWN) : text;
  return (
    <div className={styles.row} style={{ height }} data-current={isCurrent}>
      {time !== undefined && (
        <span className={styles.time}>{clockOf(time)}</span>
      )}
      {source && (
        <span
          className={`${styles.source} ${styles.coloured}`}
          style={source.css}
          title={source.title}
        >
          {source.name}
        </span>
      )}
      <span className={styles.text}>
        {highlighted(parseAnsi(shown), needle).map((part, index) => {
          const css = cssOf(part.style);
          const Element = part.found ? 'mark' : 'span';
          return (
            <Element
              // eslint-disable-next-line react/no-array-index-key -- parts have no identity but their place
              key={index}
              className={css && !part.found ? styles.coloured : undefined}
              style={part.found ? undefined : css}
            >
              {part.text}
            </Element>
          );
        })}
        {more > 0 && (
          <span className={styles.note}>{t('logs.cut', { count: more })}</span>
        )}
      </span>
    </div>
  );
});

interface Part extends StyledText {
  found?: boolean;
}

/** Divides parts where a searched text begins and ends. It can span parts of several colours. */
export function highlighted(parts: StyledText[], needle: string): Part[] {
  const whole = parts.map(({ text }) => text).join('');
  const places = placesOf(whole, needle);
  if (places.length === 0) {
    return parts;
  }
  const result: Part[] = [];
  let offset = 0;
  for (const { text, style } of parts) {
    const cuts = new Set([0, text.length]);
    for (const place of places.flat()) {
      if (place > offset && place < offset + text.length) {
        cuts.add(place - offset);
      }
    }
    const ordered = [...cuts].sort((one, other) => one - other);
    for (let index = 1; index < ordered.length; index += 1) {
      const start = ordered[index - 1];
      const found = isWithin(places, offset + start);
      result.push({ text: text.slice(start, ordered[index]), style, found });
    }
    offset += text.length;
  }
  return result;
}

function isWithin(places: [number, number][], position: number): boolean {
  return places.some(([from, to]) => position >= from && position < to);
}
