import { stringifyEntityRef } from '@backstage/catalog-model';
import { Skeleton, Text, Select } from '@backstage/ui';
import { useEntity } from '@backstage/plugin-catalog-react';
import { RiLockLine } from '@remixicon/react';
import { useState } from 'react';
import { AccessSummary } from '@berth/plugin-berth-common';
import { readsEverything, useAccess, useMine } from '../../kit/hooks';
import { Notice, ProblemNotice, useText, StaleAlert } from '../../kit';
import { EntityFrame } from './EntityFrame';
import { OthersAccess } from './OthersAccess';
import { Section } from '../../kit/Section';
import { MineEmpty } from '../../features/mine/MineEmpty';
import { AccessExplanationPanel } from '../../kit/explain/AccessExplanationPanel';
import { RolesTable } from '../../features/mine/MineTable';

/** Tab of a user: their access, and why they have it. For the user, platform admins and auditors. */
export function EntityUserAccessContent() {
  return (
    <EntityFrame>
      <UserAccess />
    </EntityFrame>
  );
}

function UserAccess() {
  const t = useText();
  const { entity } = useEntity();
  const access = useAccess();
  const user = stringifyEntityRef(entity);
  if (!access.value) {
    return access.error === undefined ? (
      <Skeleton width="100%" height={140} />
    ) : (
      <ProblemNotice
        error={access.error}
        onRetry={access.refresh}
        retrying={access.refreshing}
      />
    );
  }
  if (access.value.user === user) {
    return <OwnAccess access={access.value} />;
  }
  if (readsEverything(access.value)) {
    return <OthersAccess user={user} />;
  }
  return (
    <Notice icon={RiLockLine} title={t('entity.user.forbidden')}>
      <Text color="secondary">{t('entity.user.forbiddenHint')}</Text>
    </Notice>
  );
}

/** Shows the namespaces of the reader's groups, and explains the access to a chosen cluster. */
export function OwnAccess({ access }: { access: AccessSummary }) {
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
          <RolesTable
            namespaces={namespaces.value?.items}
            clusters={known}
            groups={access.groups}
            user={access.user}
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
          {cluster && <AccessExplanationPanel cluster={cluster} />}
        </Section>
      )}
    </>
  );
}
