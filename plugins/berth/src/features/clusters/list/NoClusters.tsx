import { ButtonLink, Flex, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { AccessSummary } from '@berth/plugin-berth-common';
import { RiShipLine, RiAddLine } from '@remixicon/react';
import { addClusterRouteRef } from '../../../routes';
import { Notice, useText, ActionButton } from '../../../kit';
import { useAccess } from '../../../kit/hooks';

/** Explains, by the caller's role and groups, why the caller sees no cluster and what to do. */
export function NoClusters({ access }: { access?: AccessSummary }) {
  return access?.admin ? (
    <NoClustersForAdmin />
  ) : (
    <NoClustersForMember groups={access?.groups ?? []} />
  );
}

function NoClustersForAdmin() {
  const t = useText();
  const addCluster = useRouteRef(addClusterRouteRef);
  return (
    <Notice
      icon={RiShipLine}
      title={t('clusters.emptyAdmin.title')}
      actions={
        <ButtonLink variant="primary" href={addCluster()}>
          {t('clusters.emptyAdmin.action')}
        </ButtonLink>
      }
    >
      <Text color="secondary">{t('clusters.emptyAdmin.description')}</Text>
    </Notice>
  );
}

function NoClustersForMember({ groups }: { groups: string[] }) {
  const t = useText();
  if (groups.length === 0) {
    return (
      <Notice icon={RiShipLine} title={t('clusters.emptyMember.title')}>
        <Text>{t('clusters.emptyMember.noGroups')}</Text>
        <Text color="secondary">{t('clusters.emptyMember.nextNoGroups')}</Text>
      </Notice>
    );
  }
  return (
    <Notice icon={RiShipLine} title={t('clusters.emptyMember.title')}>
      <Text>{t('clusters.emptyMember.groups')}</Text>
      <Flex gap="3" justify="center" style={{ flexWrap: 'wrap' }}>
        {groups.map(group => (
          <EntityRefLink key={group} entityRef={group} defaultKind="group" />
        ))}
      </Flex>
      <Text color="secondary">{t('clusters.emptyMember.next')}</Text>
    </Notice>
  );
}

/** Links to the form for admins; shows others why they cannot add clusters. */
export function AddClusterButton() {
  const t = useText();
  const addCluster = useRouteRef(addClusterRouteRef);
  const { value: access } = useAccess();
  if (access?.admin) {
    return (
      <ButtonLink
        variant="primary"
        href={addCluster()}
        iconStart={<RiAddLine />}
      >
        {t('clusters.add')}
      </ButtonLink>
    );
  }
  return (
    <ActionButton
      variant="primary"
      iconStart={<RiAddLine />}
      disabledReason={
        access ? t('clusters.addForbidden') : t('clusters.addUnknown')
      }
    >
      {t('clusters.add')}
    </ActionButton>
  );
}
