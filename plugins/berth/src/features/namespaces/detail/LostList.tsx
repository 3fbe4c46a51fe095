import { Text } from '@backstage/ui';
import { ManagedNamespace, Quantity } from '@berth/plugin-berth-common';
import { useGroupTitles } from '../../../kit/hooks';
import { formatAmount, useResourceLabel, usesOf } from '../../../kit/quota';
import { useText } from '../../../kit';
import styles from './NamespacePage.module.css';

/**
 * Whether Berth never saw the namespace on the cluster. Deleting it removes the entry in Berth, and leaves alone
 * what the cluster may have under the same name.
 */
export function isEntryOnly({ uid }: ManagedNamespace): boolean {
  return uid === undefined;
}

/** What is lost with a namespace, as far as the portal knows. */
export function LostList({ namespace }: { namespace: ManagedNamespace }) {
  const { name, cluster, grants, quota } = namespace;
  const t = useText();
  const titleOf = useGroupTitles(grants.map(({ group }) => group));
  const labelOf = useResourceLabel();
  const inUse = quota
    ? usesOf(quota).filter(
        ({ used }) => used !== undefined && !Quantity.parse(used).isZero(),
      )
    : [];
  if (isEntryOnly(namespace)) {
    return (
      <Text as="p">
        {t('namespace.danger.entryOnly', { namespace: name, cluster })}
      </Text>
    );
  }
  return (
    <div>
      <Text as="p" weight="bold">
        {t('namespace.danger.lost')}
      </Text>
      <ul className={styles.lost}>
        <li>{t('namespace.danger.lostAll', { namespace: name, cluster })}</li>
        <li>{t('namespace.danger.lostVolumes')}</li>
        {inUse.map(({ resource, used }) => (
          <li key={resource}>
            {t('namespace.danger.lostUse', {
              resource: labelOf(resource),
              used: formatAmount(resource, used!),
            })}
          </li>
        ))}
        {grants.length > 0 && (
          <li>
            {t('namespace.danger.lostGrants', {
              count: grants.length,
              groups: grants
                .map(({ group, role }) => `${titleOf(group)} (${role})`)
                .join(', '),
            })}
          </li>
        )}
        {quota && <li>{t('namespace.danger.lostQuota')}</li>}
      </ul>
    </div>
  );
}
