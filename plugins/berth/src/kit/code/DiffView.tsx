import common from '../common.module.css';
import { useText } from '../useText';
import styles from './code.module.css';

const MAX_HEIGHT = 420;

/** Shows a unified diff: added and removed lines have a sign and a colour. */
export function DiffView({ diff, label }: { diff: string; label?: string }) {
  const t = useText();
  return (
    <pre
      className={`${common.frame} ${styles.diff}`}
      style={{ maxHeight: MAX_HEIGHT }}
      role="region"
      aria-label={label ?? t('code.diff')}
      // A scrollable region must be focusable to scroll by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <code>
        {linesOf(diff).map((line, index) => (
          <span
            // The lines have no other identity than their place.
            // eslint-disable-next-line react/no-array-index-key
            key={index}
            className={styles.line}
            data-change={changeOf(line)}
          >
            {`${line}\n`}
          </span>
        ))}
      </code>
    </pre>
  );
}

/** Returns the lines of a diff without the names of its files. */
function linesOf(diff: string): string[] {
  return diff
    .replace(/\n$/, '')
    .split('\n')
    .filter((line, index) => index > 1 || !/^(---|\+\+\+) /.test(line));
}

function changeOf(line: string): string | undefined {
  switch (line[0]) {
    case '+':
      return 'added';
    case '-':
      return 'removed';
    case '@':
      return 'place';
    default:
      return undefined;
  }
}
