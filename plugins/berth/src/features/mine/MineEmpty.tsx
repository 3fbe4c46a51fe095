import { ButtonLink, Flex, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { AccessSummary, Cluster } from '@berth/plugin-berth-common';
import { RiShipLine } from '@remixicon/react';
import {
  clusterRouteRef,
  clustersRouteRef,
  namespacesRouteRef,
  newRequestRouteRef,
} from '../../routes';
import { Notice, useText } from '../../kit';

/** Explains that none of the caller's groups has a namespace: shows the groups, the clusters, and what to do. */
export function MineEmpty(props: {
  access: AccessSummary;
  clusters: Cluster[];
}) {
  const { access, clusters } = props;
  const t = useText();
  const clustersRoute = useRouteRef(clustersRouteRef);
  const namespacesRoute = useRouteRef(namespacesRouteRef);
  const newRequest = useRouteRef(newRequestRouteRef);
  const shared = clusters.filter(({ shares }) =>
    shares.some(({ group }) => access.groups.includes(group)),
  );
  // People request namespaces on clusters that they can see.
  const canRequest = access.groups.length > 0 && clusters.length > 0;
  return (
    <Notice
      icon={RiShipLine}
      title={t('mine.empty.title')}
      actions={
        <Flex gap="2" justify="center" style={{ flexWrap: 'wrap' }}>
          {canRequest && (
            <ButtonLink
              variant={access.admin ? 'secondary' : 'primary'}
              href={newRequest()}
            >
              {t('requests.newNamespace')}
            </ButtonLink>
          )}
          <ButtonLink
            variant={access.admin ? 'primary' : 'secondary'}
            href={clustersRoute()}
          >
            {t('mine.empty.toClusters')}
          </ButtonLink>
          {access.admin && (
            <ButtonLink variant="secondary" href={namespacesRoute()}>
              {t('mine.empty.toNamespaces')}
            </ButtonLink>
          )}
        </Flex>
      }
    >
      <Groups groups={access.groups} />
      {access.groups.length > 0 && (
        <SharedClusters clusters={shared} groups={access.groups.length} />
      )}
      <Text color="secondary">{nextStep()}</Text>
      {access.admin && (
        <Text color="secondary">{t('mine.empty.nextAdmin')}</Text>
      )}
    </Notice>
  );

  function nextStep(): string {
    if (access.groups.length === 0) {
      return t('mine.empty.nextNoGroups');
    }
    if (shared.length > 0) {
      return t('mine.empty.nextShared');
    }
    return access.admin
      ? t('mine.empty.nextNotSharedAdmin')
      : t('mine.empty.nextNotShared');
  }
}

function Groups({ groups }: { groups: string[] }) {
  const t = useText();
  if (groups.length === 0) {
    return <Text>{t('mine.empty.noGroups')}</Text>;
  }
  return (
    <div>
      <Text as="p">{t('mine.empty.groups', { count: groups.length })}</Text>
      <Flex gap="3" justify="center" style={{ flexWrap: 'wrap' }}>
        {groups.map(group => (
          <EntityRefLink key={group} entityRef={group} defaultKind="group" />
        ))}
      </Flex>
    </div>
  );
}

function SharedClusters(props: {
  clusters: Cluster[];
  /** The number of the person's groups. */
  groups: number;
}) {
  const { clusters, groups } = props;
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  if (clusters.length === 0) {
    return <Text>{t('mine.empty.notShared', { count: groups })}</Text>;
  }
  return (
    <div>
      <Text as="p">{t('mine.empty.shared', { count: groups })}</Text>
      <Flex gap="3" justify="center" style={{ flexWrap: 'wrap' }}>
        {clusters.map(({ name }) => (
          <Link key={name} href={route({ name })}>
            {name}
          </Link>
        ))}
      </Flex>
    </div>
  );
}
