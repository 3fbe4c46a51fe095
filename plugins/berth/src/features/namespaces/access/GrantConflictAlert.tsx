import { GrantRequest } from '@berth/plugin-berth-common';
import { useGroupTitles } from '../../../kit/hooks';
import { ConflictAlert, useText } from '../../../kit';
import { useRoleText } from './GrantEffects';
import { GrantChange, changesBetween, mergeGrants } from './grantChanges';

/** Shows the grants that another person saved in the meantime, and where the caller's own changes are. */
export function GrantConflictAlert(props: {
  before: GrantRequest[];
  mine: GrantRequest[];
  theirs: GrantRequest[];
}) {
  const { before, mine, theirs } = props;
  const t = useText();
  const changes = changesBetween(before, theirs);
  const { clashes } = mergeGrants(before, mine, theirs);
  const roleText = useRoleText();
  const titleOf = useGroupTitles([
    ...changes.map(({ group }) => group),
    ...clashes,
  ]);
  return (
    <ConflictAlert
      title={t('grants.conflict.title')}
      description={t('grants.conflict.merged')}
      changes={[
        ...changes.map(change =>
          t('grants.conflict.line', { change: describe(change) }),
        ),
        ...clashes.map(group =>
          t('grants.conflict.clash', { group: titleOf(group) }),
        ),
      ]}
    />
  );

  function describe(change: GrantChange): string {
    const { group, after } = change;
    if (!after) {
      return t('grants.conflict.removed', { group: titleOf(group) });
    }
    return change.before
      ? t('grants.conflict.changed', {
          group: titleOf(group),
          before: roleText(change.before),
          after: roleText(after),
        })
      : t('grants.conflict.added', {
          group: titleOf(group),
          role: roleText(after),
        });
  }
}
