import { Alert, Text } from '@backstage/ui';
import {
  ClusterQuotas,
  Quantity,
  QuotaTotal,
} from '@berth/plugin-berth-common';
import { Section } from '../../kit/Section';
import { Bar, formatAmount, fractionOf } from '../../kit/quota';
import { useNodeResourceLabel } from '../../kit/quota/quotaTexts';
import { useText } from '../../kit';
import { FoldingRow, FoldingTable } from '../../kit/FoldingTable';
import tableStyles from '../../kit/table.module.css';
import styles from './QuotasPage.module.css';

/** Shows the allocatable amount, the sum of quotas, the usage under quotas and the over-commit of each resource. */
export function TotalsSection({ quotas }: { quotas: ClusterQuotas }) {
  const { cluster, totals, unbounded } = quotas;
  const t = useText();
  const bounded = totals.filter(
    ({ hard, used, allocatable }) =>
      allocatable !== undefined || !isZero(hard) || !isZero(used),
  );
  return (
    <Section title={t('quotas.totals.title', { cluster })}>
      <div className={styles.totals}>
        <Text color="secondary">{t('quotas.totals.description')}</Text>
        {bounded.length === 0 ? (
          <Text>{t('quotas.totals.empty')}</Text>
        ) : (
          <FoldingTable
            columns={[
              { label: t('quotas.totals.resource') },
              { label: t('quotas.totals.allocatable') },
              { label: t('quotas.totals.hard') },
              { label: t('quotas.totals.used') },
              {
                label: t('quotas.totals.factor'),
                title: t('quotas.totals.factorHint'),
              },
            ]}
          >
            {bounded.map(total => (
              <TotalRow key={total.resource} total={total} />
            ))}
          </FoldingTable>
        )}
        {unbounded > 0 && (
          <Alert
            status="warning"
            icon
            title={t('quotas.unbounded', { count: unbounded })}
          />
        )}
      </div>
    </Section>
  );
}

function TotalRow({ total }: { total: QuotaTotal }) {
  const { resource, allocatable, hard, used } = total;
  const t = useText();
  const label = useNodeResourceLabel()(resource);
  // Usage is counted only under a quota, so zeros would be wrong.
  const isBounded = !isZero(hard);
  const none = t('quotas.totals.none');
  const factor =
    allocatable === undefined ? undefined : fractionOf(hard, allocatable);
  return (
    <FoldingRow
      header={label}
      cells={[
        {
          label: t('quotas.totals.allocatable'),
          content:
            allocatable === undefined
              ? t('quotas.totals.unknown')
              : formatAmount(resource, allocatable),
        },
        {
          label: t('quotas.totals.hard'),
          content: isBounded ? formatAmount(resource, hard) : none,
        },
        {
          label: t('quotas.totals.used'),
          content: isBounded ? (
            <div className={tableStyles.used}>
              {formatAmount(resource, used)}
              <Bar
                label={label}
                text={t('quotas.use', {
                  used: formatAmount(resource, used),
                  hard: formatAmount(resource, hard),
                })}
                fraction={fractionOf(used, hard)}
              />
            </div>
          ) : (
            none
          ),
        },
        {
          label: t('quotas.totals.factor'),
          content: isBounded ? factorText() : none,
          isOver: factor !== undefined && factor > 1,
        },
      ]}
    />
  );

  function factorText(): string {
    return factor === undefined || !Number.isFinite(factor)
      ? t('quotas.totals.unknown')
      : t('quotas.totals.factorValue', { factor: factor.toFixed(2) });
  }
}

function isZero(amount: string): boolean {
  return Quantity.parse(amount).isZero();
}
