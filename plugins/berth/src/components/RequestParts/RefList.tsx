import { Fragment } from 'react';
import { useText } from '../common';
import { RefLink } from './RefLink';

const SHOWN = 5;

/** Persons and groups, one after the other; of many, the first. */
export function RefList({ refs }: { refs: string[] }) {
  const t = useText();
  const rest = refs.slice(SHOWN);
  return (
    <>
      {refs.slice(0, SHOWN).map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 && ', '}
          <RefLink entityRef={ref} />
        </Fragment>
      ))}
      {rest.length > 0 && (
        <span title={rest.join(', ')}>
          {', '}
          {t('request.verdict.more', { number: String(rest.length) })}
        </span>
      )}
    </>
  );
}
