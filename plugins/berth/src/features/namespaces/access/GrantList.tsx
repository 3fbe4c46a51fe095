import { Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Grant } from '@berth/plugin-berth-common';
import { Moment, useText } from '../../../kit';
import { GrantNote } from './GrantNote';
import styles from './GrantsEditor.module.css';

/** Lists the groups with access, with their roles and ends, read-only. */
export function GrantList({ grants }: { grants: Grant[] }) {
  const t = useText();
  if (grants.length === 0) {
    return <Text color="secondary">{t('namespace.access.none')}</Text>;
  }
  return (
    <ul className={styles.rows}>
      {grants.map(grant => (
        <li key={grant.group} className={styles.row}>
          <span className={styles.line}>
            <EntityRefLink entityRef={grant.group} defaultKind="group" />
            <Text weight="bold">{t(`role.${grant.role}`)}</Text>
            {grant.expiresAt && (
              <Text color="secondary">
                {t('grants.until')}{' '}
                <Moment at={grant.expiresAt} display="clock" />
              </Text>
            )}
            {grant.source === 'share' && (
              <Text variant="body-small" color="secondary">
                {t('namespace.access.share')}
              </Text>
            )}
          </span>
          <GrantNote grant={grant} />
        </li>
      ))}
    </ul>
  );
}
