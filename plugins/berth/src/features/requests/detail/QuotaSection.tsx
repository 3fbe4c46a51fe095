import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { AccessRequest } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { readsEverything, useAccess, useSizeClasses } from '../../../kit/hooks';
import { usePolled } from '../../../kit/query';
import { Section } from '../../../kit/Section';
import {
  Bar,
  QuotaEffect,
  formatAmount,
  usePlacementText,
  useResourceLabel,
  useUseText,
} from '../../../kit/quota';
import tableStyles from '../../../kit/table.module.css';
import { Moment, ToneText, useText } from '../../../kit';
import { FoldingRow, FoldingTable } from '../../../kit/FoldingTable';
import styles from './RequestPage.module.css';
import { ComparedResource, boundsOf, compare } from './quotaComparison';

/**
 * Compares the requested limits with the usage, the current limits and the remaining amounts, as far as the caller
 * may see them.
 */
export function QuotaSection({ request }: { request: AccessRequest }) {
  const { spec, state } = request;
  // After the decision, the remaining amounts already include the request.
  const observed =
    state === 'Submitted'
      ? request.observed
      : { ...request.observed, left: undefined };
  const t = useText();
  const classes = useSizeClasses();
  const placementOf = usePlacementText();
  const { value: access } = useAccess();
  if (spec.kind === 'grant') {
    return null;
  }
  const { sizeClass, priorityClasses = [] } = spec.quota;
  const bounds =
    observed?.requested ?? boundsOf(spec.quota, classes.value ?? []);
  const isUnknown = !bounds && (classes.value || classes.error !== undefined);
  const forQuota = spec.kind === 'quota' && request.observed !== undefined;
  const preset = classes.value?.find(({ name }) => name === sizeClass);
  const nodes = placementOf(preset);
  return (
    <Section title={t('request.quota.title')}>
      <div className={styles.quota}>
        {sizeClass && (
          <Text>
            {t('namespace.overview.sizeClass', {
              name: preset?.title ?? sizeClass,
            })}
          </Text>
        )}
        {nodes && <Text>{t('quotas.placement', { nodes })}</Text>}
        {bounds && (
          <ComparisonTable
            rows={compare(bounds, observed)}
            forQuota={forQuota}
            withLeft={observed?.left !== undefined}
          />
        )}
        {bounds && state === 'Submitted' && readsEverything(access) && (
          <EffectOnCluster
            cluster={spec.cluster}
            before={observed?.hard ?? {}}
            after={bounds}
          />
        )}
        {isUnknown && sizeClass && (
          <ToneText tone="warning">
            {t('request.quota.unknownClass', { name: sizeClass })}
          </ToneText>
        )}
        {priorityClasses.length > 0 && (
          <Text color="secondary">
            {t('request.spec.priorityClasses')} {priorityClasses.join(', ')}
          </Text>
        )}
        {observed?.left && observed.leftRule && (
          <Text variant="body-small" color="secondary">
            {t('request.quota.leftHint', { rule: observed.leftRule })}
          </Text>
        )}
        {forQuota && observed?.observedAt && (
          <Text variant="body-small" color="secondary">
            {t('request.quota.observed', {
              when: <Moment at={observed.observedAt} />,
            })}
          </Text>
        )}
      </div>
    </Section>
  );
}

/** Shows the over-commit of the cluster after an approval, to those who may read the quotas of all namespaces. */
function EffectOnCluster(props: {
  cluster: string;
  before: Record<string, string>;
  after: Record<string, string>;
}) {
  const { cluster, before, after } = props;
  const api = useApi(berthApiRef);
  const quotas = usePolled({
    key: ['quotas', cluster],
    load: () => api.getQuotas(cluster),
  });
  return (
    <QuotaEffect
      cluster={cluster}
      totals={quotas.value?.totals}
      before={before}
      after={after}
    />
  );
}

function ComparisonTable(props: {
  rows: ComparedResource[];
  /** Whether a current quota exists to compare with. */
  forQuota: boolean;
  withLeft: boolean;
}) {
  const { rows, forQuota, withLeft } = props;
  const t = useText();
  return (
    <FoldingTable
      columns={[
        { label: t('request.quota.resource') },
        { label: t('request.quota.requested') },
        ...(forQuota
          ? [
              { label: t('request.quota.used') },
              { label: t('request.quota.now') },
            ]
          : []),
        ...(withLeft ? [{ label: t('request.quota.left') }] : []),
      ]}
    >
      {rows.map(row => (
        <ComparisonRow
          key={row.resource}
          row={row}
          forQuota={forQuota}
          withLeft={withLeft}
        />
      ))}
    </FoldingTable>
  );
}

function ComparisonRow(props: {
  row: ComparedResource;
  forQuota: boolean;
  withLeft: boolean;
}) {
  const { row, forQuota, withLeft } = props;
  const { resource, requested, now, used, left, fraction, beyond, below } = row;
  const t = useText();
  const label = useResourceLabel()(resource);
  const textOf = useUseText();
  const amount = (quantity: string | undefined, otherwise: string) =>
    quantity === undefined ? otherwise : formatAmount(resource, quantity);
  const ofQuota = [
    {
      label: t('request.quota.used'),
      content: (
        <div className={tableStyles.used}>
          {amount(used, t('request.quota.unknown'))}
          {fraction !== undefined && requested !== undefined && (
            <Bar
              label={label}
              text={textOf({ resource, hard: requested, used })}
              fraction={fraction}
            />
          )}
        </div>
      ),
    },
    {
      label: t('request.quota.now'),
      content: amount(now, t('request.quota.unbounded')),
    },
  ];
  const ofLeft = {
    label: t('request.quota.left'),
    content: amount(left, t('request.quota.none')),
  };
  return (
    <FoldingRow
      header={label}
      title={resource}
      cells={[
        {
          label: t('request.quota.requested'),
          content: (
            <>
              {amount(requested, t('request.quota.unbounded'))}
              {below && <Note>{t('request.quota.below')}</Note>}
              {beyond && <Note>{t('request.quota.beyond')}</Note>}
            </>
          ),
        },
        ...(forQuota ? ofQuota : []),
        ...(withLeft ? [ofLeft] : []),
      ]}
    />
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <ToneText tone="warning" variant="body-small" className={styles.note}>
      {children}
    </ToneText>
  );
}
