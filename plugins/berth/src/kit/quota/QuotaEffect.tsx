import { Alert, Flex, Text } from '@backstage/ui';
import { QuotaTotal } from '@berth/plugin-berth-common';
import { ToneText } from '../labels';
import { useText } from '../useText';
import styles from './quotaFields.module.css';
import { TotalChange, effectOf, exceededBy } from './quotaEffect';
import { useNodeResourceLabel, useResourceLabel } from './quotaTexts';
import { fractionOf } from './quotaUse';
import { formatAmount, formatUse } from './resources';

/** Shows the effect of an unsaved quota on the cluster's promises, and the usage that exceeds it. */
export function QuotaEffect(props: {
  cluster: string;
  totals?: QuotaTotal[];
  before: Record<string, string>;
  after: Record<string, string>;
  used?: Record<string, string>;
}) {
  const { cluster, totals, before, after, used } = props;
  const t = useText();
  const changes = totals && effectOf(totals, before, after);
  return (
    <Flex direction="column" gap="3" role="status">
      <div>
        <Text as="p" weight="bold">
          {t('quotas.editor.effect', { cluster })}
        </Text>
        {!changes && (
          <Text color="secondary">{t('quotas.editor.effectUnknown')}</Text>
        )}
        {changes?.length === 0 && (
          <Text color="secondary">{t('quotas.editor.effectNone')}</Text>
        )}
        {changes && changes.length > 0 && (
          <ul className={styles.effects}>
            {changes.map(change => (
              <ChangeLine key={change.resource} change={change} />
            ))}
          </ul>
        )}
      </div>
      <Exceeded hard={after} used={used} />
    </Flex>
  );
}

function ChangeLine({ change }: { change: TotalChange }) {
  const { resource, before, after, allocatable } = change;
  const t = useText();
  const label = useNodeResourceLabel()(resource);
  const amounts = formatUse(resource, before, after);
  if (!allocatable) {
    return (
      <li>
        {t('quotas.editor.effectLineUnknown', {
          resource: label,
          before: amounts.used,
          after: amounts.hard,
        })}
      </li>
    );
  }
  const factor = fractionOf(after, allocatable);
  return (
    <li>
      {t('quotas.editor.effectLine', {
        resource: label,
        before: amounts.used,
        after: amounts.hard,
        allocatable: formatAmount(resource, allocatable),
      })}
      {', '}
      {t('quotas.editor.effectFactor', {
        before: fractionOf(before, allocatable).toFixed(2),
        after: factor.toFixed(2),
      })}
      {factor > 1 && (
        <ToneText tone="warning"> {t('quotas.editor.overcommits')}</ToneText>
      )}
    </li>
  );
}

function Exceeded(props: {
  hard: Record<string, string>;
  used?: Record<string, string>;
}) {
  const t = useText();
  const labelOf = useResourceLabel();
  const exceeded = exceededBy(props.hard, props.used);
  if (exceeded.length === 0) {
    return null;
  }
  return (
    <Alert
      status="warning"
      icon
      title={t('quotas.editor.exceeded')}
      description={
        <ul className={styles.effects}>
          {exceeded.map(({ resource, used, hard }) => (
            <li key={resource}>
              {t('quotas.editor.exceededLine', {
                resource: labelOf(resource),
                used: formatAmount(resource, used),
                hard: formatAmount(resource, hard),
              })}
            </li>
          ))}
        </ul>
      }
    />
  );
}
