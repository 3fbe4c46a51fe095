import styles from './QuotaBars.module.css';

/** A part of a whole, drawn. Its colour only repeats what the text says. */
export function Bar(props: {
  /** What is measured, such as `CPU requests`. */
  label: string;
  /** The same as text, such as `3.5 of 8 vCPU`. */
  text: string;
  /** 1 is all; undefined where it is not known. */
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

/** How pressing it is that so much of a bound is in use. */
export function toneOf(fraction = 0): 'over' | 'full' | 'high' | 'normal' {
  if (fraction > 1) {
    return 'over';
  }
  if (fraction === 1) {
    return 'full';
  }
  return fraction >= NEARLY_FULL ? 'high' : 'normal';
}
