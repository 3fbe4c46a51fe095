import styles from './QuotaBars.module.css';

/** Draws a fraction as a bar. The colour only repeats the text. */
export function Bar(props: {
  /** The measured resource, such as `CPU requests`. */
  label: string;
  /** The fraction as text, such as `3.5 of 8 vCPU`. */
  text: string;
  /** From 0 to 1, or more; undefined if unknown. */
  fraction?: number;
}) {
  const { label, text, fraction } = props;
  const percent = Math.min(100, Math.round((fraction ?? 0) * 100));
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      className={styles.track}
      data-unknown={fraction === undefined || undefined}
    >
      <div
        className={styles.fill}
        data-tone={toneOf(fraction)}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}

const NEARLY_FULL = 0.8;

/** Returns the urgency of a bound's usage. */
export function toneOf(fraction = 0): 'over' | 'full' | 'high' | 'normal' {
  if (fraction > 1) {
    return 'over';
  }
  if (fraction === 1) {
    return 'full';
  }
  return fraction >= NEARLY_FULL ? 'high' : 'normal';
}
