import { Text } from '@backstage/ui';
import { NamespaceQuota } from '@berth/plugin-berth-common';
import { ToneText, useText } from '..';
import { Bar } from './Bar';
import { ResourceUse, usesOf, tightestOf } from './quotaUse';
import styles from './QuotaBars.module.css';
import { useResourceLabel, useUseText } from './quotaTexts';

/** Shows every bound of a quota with its usage. */
export function QuotaBars({ quota }: { quota: NamespaceQuota }) {
  return (
    <ul className={styles.bars}>
      {usesOf(quota).map(use => (
        <BarLine key={use.resource} use={use} />
      ))}
    </ul>
  );
}

function BarLine({ use }: { use: ResourceUse }) {
  const t = useText();
  const label = useResourceLabel()(use.resource);
  const text = useUseText()(use);
  return (
    <li className={styles.line}>
      <span className={styles.words}>
        <Text variant="body-small" title={use.resource}>
          {label}
        </Text>
        <Text variant="body-small" color="secondary">
          {text}
        </Text>
      </span>
      <Bar label={label} text={text} fraction={use.fraction} />
      {(use.fraction ?? 0) > 1 && (
        <ToneText variant="body-x-small" tone="danger">
          {t('quotas.over')}
        </ToneText>
      )}
    </li>
  );
}

/** Shows the bound that is nearest to being used up, for table cells. */
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
