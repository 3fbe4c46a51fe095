import { useGroupTitles } from '../../../kit/hooks';
import { ConflictAlert, useText } from '../../../kit';
import { useTellRole } from './GrantEffects';
import { GrantChange } from './grantChanges';
import { GrantConflict } from './useGrantsEditor';

/** Shows what someone else saved meanwhile, and where the caller's own changes are. */
export function GrantConflictAlert({ conflict }: { conflict: GrantConflict }) {
  const t = useText();
  const tellRole = useTellRole();
  const titleOf = useGroupTitles([
    ...conflict.changes.map(({ group }) => group),
    ...conflict.clashes,
  ]);
  return (
    <ConflictAlert
      title={t('grants.conflict.title')}
      description={t('grants.conflict.merged')}
      changes={[
        ...conflict.changes.map(change =>
          t('grants.conflict.line', { change: tell(change) }),
        ),
        ...conflict.clashes.map(group =>
          t('grants.conflict.clash', { group: titleOf(group) }),
        ),
      ]}
    />
  );

  function tell({ group, before, after }: GrantChange): string {
    if (!after) {
      return t('grants.conflict.removed', { group: titleOf(group) });
    }
    return before
      ? t('grants.conflict.changed', {
          group: titleOf(group),
          before: tellRole(before),
          after: tellRole(after),
        })
      : t('grants.conflict.added', {
          group: titleOf(group),
          role: tellRole(after),
        });
  }
}
