import { Text } from '@backstage/ui';
import { NamespaceQuota } from '@berth/plugin-berth-common';
import { useText } from '..';
import { Bar } from './Bar';
import { tightestOf } from './quotaUse';
import styles from './QuotaBars.module.css';
import { useResourceLabel } from './useResourceLabel';
import { useUseText } from './useUseText';

/** The bound that is nearest to being used up, for table cells. */
export function TightestBar({ quota }: { quota?: NamespaceQuota }) {
  const t = useText();
  const labelOf = useResourceLabel();
  const textOf = useUseText();
  if (!quota) {
    return (
      <Text variant="body-small" color="secondary">
        {t('quotas.none')}
      </Text>
    );
  }
  const tightest = tightestOf(quota);
  if (!tightest) {
    return (
      <Text variant="body-small" color="secondary">
        {t('quotas.notObservedYet')}
      </Text>
    );
  }
  const label = labelOf(tightest.resource);
  const text = textOf(tightest);
  return (
    <div className={styles.tightest} title={`${label}: ${text}`}>
      <Bar label={label} text={text} fraction={tightest.fraction} />
      <Text as="p" variant="body-x-small" color="secondary">
        {t('quotas.labelled', { label, text })}
      </Text>
    </div>
  );
}
