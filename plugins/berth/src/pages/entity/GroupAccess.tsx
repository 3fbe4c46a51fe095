import { Alert, ButtonLink, Flex, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { RiShipLine } from '@remixicon/react';
import { berthApiRef } from '../../api';
import {
  readsEverything,
  useAccess,
  useClusters,
  useGroupTitles,
} from '../../kit/hooks';
import { usePolled } from '../../kit/query';
import { clusterRouteRef, clustersRouteRef } from '../../routes';
import { Section } from '../../kit/Section';
import {
  ClusterBanners,
  Notice,
  ProblemNotice,
  StaleAlert,
  useText,
} from '../../kit';
import { EntityFrame } from './EntityFrame';
import { RolesTable } from '../../features/mine/MineTable';
import { namedClusters } from './entities';

const INTERVAL = 15_000;
const LIMIT = 500;

/** Tab of a group: its namespaces, with clusters and roles. */
export function EntityGroupAccessContent() {
  return (
    <EntityFrame>
      <GroupAccess />
    </EntityFrame>
  );
}

function GroupAccess() {
  const t = useText();
  const group = stringifyEntityRef(useEntity().entity);
  const berthApi = useApi(berthApiRef);
  const access = useAccess();
  const namespaces = usePolled({
    key: ['namespaces', 'ofGroup', group],
    load: () => berthApi.listNamespaces({ group, limit: LIMIT }),
    every: INTERVAL,
  });
  const clusters = useClusters();
  const name = useGroupTitles([group])(group);
  const { value, error } = namespaces;
  const isMember = access.value?.groups.includes(group);
  const isLimited = access.value && !readsEverything(access.value) && !isMember;

  if (!value && error !== undefined) {
    return (
      <ProblemNotice
        error={error}
        onRetry={namespaces.refresh}
        retrying={namespaces.refreshing}
      />
    );
  }
  return (
    <>
      <StaleAlert polled={namespaces} />
      <ClusterBanners
        clusters={namedClusters(clusters.value?.items, value?.items)}
      />
      {isLimited && (
        <Alert
          status="info"
          icon
          title={t('entity.group.limited', { group: name })}
        />
      )}
      {access.value?.admin && value && (
        <Sharing namespaces={value.items} group={group} />
      )}
      <Section title={t('entity.group.title')}>
        {value?.totalItems === 0 ? (
          <Notice
            icon={RiShipLine}
            title={t('entity.group.empty', { group: name })}
          >
            <Text color="secondary">
              {isLimited
                ? t('entity.group.emptyLimited')
                : t('entity.group.emptyHint')}
            </Text>
          </Notice>
        ) : (
          <RolesTable
            namespaces={value?.items}
            clusters={clusters.value?.items}
            // The API does not return the roles of other groups.
            groups={isLimited ? access.value!.groups : [group]}
            rolesLabel={t('entity.held')}
          />
        )}
        {value && value.items.length < value.totalItems && (
          <Text color="secondary">
            {t('entity.tooMany', {
              shown: String(value.items.length),
              total: String(value.totalItems),
            })}
          </Text>
        )}
      </Section>
    </>
  );
}

/** Links admins to the pages where clusters are shared with the group. */
function Sharing(props: { namespaces: ManagedNamespace[]; group: string }) {
  const { namespaces, group } = props;
  const t = useText();
  const cluster = useRouteRef(clusterRouteRef);
  const clusters = useRouteRef(clustersRouteRef);
  const shared = [
    ...new Set(
      namespaces
        .filter(({ grants }) =>
          grants.some(
            grant => grant.group === group && grant.source === 'share',
          ),
        )
        .map(namespace => namespace.cluster),
    ),
  ].sort();
  return (
    <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
      {shared.map(name => (
        <ButtonLink
          key={name}
          variant="secondary"
          size="small"
          href={`${cluster({ name })}/access`}
        >
          {t('entity.group.sharing', { cluster: name })}
        </ButtonLink>
      ))}
      <ButtonLink variant="secondary" size="small" href={clusters()}>
        {t('entity.group.share')}
      </ButtonLink>
    </Flex>
  );
}
