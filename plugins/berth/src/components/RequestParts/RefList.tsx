import { Fragment } from 'react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useText } from '../common';

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
          <EntityRefLink
            entityRef={ref}
            defaultKind="group"
            hideIcon
            disableTooltip
          />
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
