import { Alert } from '@backstage/ui';
import { groupName } from '../../format';
import { useText } from '../common';
import { useTellRole } from './GrantEffects';
import styles from './GrantsEditor.module.css';
import { GrantChange } from './grantChanges';
import { GrantConflict } from './useGrantsEditor';

/** Tells of what somebody else saved meanwhile, and where the caller's own changes are. */
export function GrantConflictAlert({ conflict }: { conflict: GrantConflict }) {
  const t = useText();
  const tellRole = useTellRole();
  return (
    <Alert
      role="alert"
      status="warning"
      icon
      title={t('grants.conflict.title')}
      description={
        <>
          <div>{t('grants.conflict.merged')}</div>
          <ul className={styles.effects}>
            {conflict.changes.map(change => (
              <li key={change.group}>
                {t('grants.conflict.line', { change: tell(change) })}
              </li>
            ))}
            {conflict.clashes.map(group => (
              <li key={`clash ${group}`}>
                {t('grants.conflict.clash', { group: groupName(group) })}
              </li>
            ))}
          </ul>
        </>
      }
    />
  );

  function tell({ group, before, after }: GrantChange): string {
    if (!after) {
      return t('grants.conflict.removed', { group: groupName(group) });
    }
    return before
      ? t('grants.conflict.changed', {
          group: groupName(group),
          before: tellRole(before),
          after: tellRole(after),
        })
      : t('grants.conflict.added', {
          group: groupName(group),
          role: tellRole(after),
        });
  }
}
