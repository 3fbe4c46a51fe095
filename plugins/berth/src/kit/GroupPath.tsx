import { Fragment } from 'react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** The groups through which a person is in a group, from the person's own group to that one. */
export function GroupPath({ path }: { path: string[] }) {
  return (
    <>
      {path.map((group, index) => (
        <Fragment key={group}>
          {index > 0 && ' → '}
          <EntityRefLink
            entityRef={group}
            defaultKind="group"
            hideIcon
            disableTooltip
          />
        </Fragment>
      ))}
    </>
  );
}
