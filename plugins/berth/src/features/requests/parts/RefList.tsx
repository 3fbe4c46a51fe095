import { Fragment } from 'react';
import { useText } from '../../../kit';
import { RefLink } from './RefLink';
import styles from './RequestParts.module.css';

const SHOWN = 5;

/** Persons and groups, one after the other; of many, the first. */
export function RefList({ refs }: { refs: string[] }) {
  const t = useText();
  const shown = refs.slice(0, SHOWN);
  const rest = refs.slice(SHOWN);
  return (
    <>
      {shown.map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 && ' '}
          <span className={styles.ref}>
            <RefLink entityRef={ref} />
            {index < refs.length - 1 && ','}
          </span>
        </Fragment>
      ))}
      {rest.length > 0 && (
        <span title={rest.join(', ')}>
          {' '}
          {t('request.verdict.more', { number: String(rest.length) })}
        </span>
      )}
    </>
  );
}
