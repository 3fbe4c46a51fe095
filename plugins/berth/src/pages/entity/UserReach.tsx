import { stringifyEntityRef } from '@backstage/catalog-model';
import { Skeleton, Text } from '@backstage/ui';
import { useEntity } from '@backstage/plugin-catalog-react';
import { RiLockLine } from '@remixicon/react';
import { readsEverything, useAccess } from '../../kit/hooks';
import { Notice, ProblemNotice, useText } from '../../kit';
import { EntityFrame } from './EntityFrame';
import { OthersReach } from './OthersReach';
import { OwnReach } from './OwnReach';

/** On the page of a person: what they can reach, and why. For themselves, platform admins and auditors. */
export function EntityUserReachContent() {
  return (
    <EntityFrame>
      <UserReach />
    </EntityFrame>
  );
}

function UserReach() {
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
    return <OwnReach access={access.value} />;
  }
  if (readsEverything(access.value)) {
    return <OthersReach user={user} />;
  }
  return (
    <Notice icon={RiLockLine} title={t('entity.user.forbidden')}>
      <Text color="secondary">{t('entity.user.forbiddenHint')}</Text>
    </Notice>
  );
}
