import { useState } from 'react';
import { Select } from '@backstage/ui';
import { AccessSummary } from '@berth/plugin-berth-common';
import { Section } from '../../kit/Section';
import { ProblemNotice, StaleAlert, useText } from '../../kit';
import { MineEmpty } from '../../features/mine/MineEmpty';
import { useMine } from '../../features/mine/useMine';
import { WhyCannotI } from '../../kit/explain';
import { HeldTable } from '../../features/mine/HeldTable';

/** The namespaces of the reader's groups, and why they have access to a cluster that they choose, or not. */
export function OwnReach({ access }: { access: AccessSummary }) {
  const t = useText();
  const { namespaces, clusters } = useMine();
  const [cluster, setCluster] = useState('');
  if (!namespaces.value && namespaces.error !== undefined) {
    return (
      <ProblemNotice
        error={namespaces.error}
        onRetry={namespaces.refresh}
        retrying={namespaces.refreshing}
      />
    );
  }
  const known = clusters.value?.items ?? [];
  return (
    <>
      <StaleAlert polled={namespaces} />
      <Section title={t('entity.user.own')}>
        {namespaces.value?.totalItems === 0 ? (
          <MineEmpty access={access} clusters={known} />
        ) : (
          <HeldTable
            namespaces={namespaces.value?.items}
            clusters={known}
            groups={access.groups}
          />
        )}
      </Section>
      {known.length > 0 && (
        <Section title={t('entity.user.why')}>
          <Select
            label={t('entity.user.cluster')}
            placeholder={t('entity.user.chooseCluster')}
            value={cluster || null}
            onChange={key => setCluster(String(key ?? ''))}
            options={known.map(({ name }) => ({ id: name, label: name }))}
          />
          {cluster && <WhyCannotI cluster={cluster} />}
        </Section>
      )}
    </>
  );
}
