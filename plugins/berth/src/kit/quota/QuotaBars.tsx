import { Text } from '@backstage/ui';
import { NamespaceQuota } from '@berth/plugin-berth-common';
import styles from './QuotaBars.module.css';
import { ToneText, useText } from '..';
import { ResourceUse, tightestOf, usesOf } from './quotaUse';
import { useResourceLabel, useUseText } from './quotaTexts';

/** Draws a fraction as a bar. The colour only repeats the text. */
export function Bar(props: {
  /** The measured resource, such as `CPU requests`. */
  label: string;
  /** The fraction as text, such as `3.5 of 8 vCPU`. */
  text: string;
  /** From 0 to 1, or more; undefined if unknown. */
  fraction?: number;
}) {
  const { label, text, fraction } = props;
  const percent = Math.min(100, Math.round((fraction ?? 0) * 100));
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      className={styles.track}
      data-unknown={fraction === undefined || undefined}
    >
      <div
        className={styles.fill}
        data-tone={toneOf(fraction)}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}

const NEARLY_FULL = 0.8;

/** Returns the urgency of a bound's usage. */
export function toneOf(fraction = 0): 'over' | 'full' | 'high' | 'normal' {
  if (fraction > 1) {
    return 'over';
  }
  if (fraction === 1) {
    return 'full';
  }
  return fraction >= NEARLY_FULL ? 'high' : 'normal';
}

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
