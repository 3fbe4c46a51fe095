import { Alert, Text } from '@backstage/ui';
import { RiShipLine } from '@remixicon/react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { readsEverything, useAccess, useClusters } from '../../kit/hooks';
import { Section } from '../../kit/Section';
import {
  ClusterBanners,
  Notice,
  ProblemNotice,
  StaleAlert,
  useText,
  Loaded,
  NamespaceStatusLabel,
  NameLink,
} from '../../kit';
import { EntityFrame } from './EntityFrame';
import { RolesTable } from '../../features/mine/MineTable';
import { namedClusters } from './entities';
import { useEntityNamespaces } from './useEntityNamespaces';
import { namespaceRouteRef } from '../../routes';
import { TightestBar } from '../../kit/quota';
import styles from './EntityPages.module.css';

/** Tab of a component or system: the namespaces where it runs. */
export function EntityNamespacesContent() {
  return (
    <EntityFrame>
      <Namespaces />
    </EntityFrame>
  );
}

function Namespaces() {
  const t = useText();
  const { value: access } = useAccess();
  const clusters = useClusters();
  const polled = useEntityNamespaces();
  const { value, error } = polled;
  if (!value && error !== undefined) {
    return (
      <ProblemNotice
        error={error}
        onRetry={polled.refresh}
        retrying={polled.refreshing}
      />
    );
  }
  // Admins and auditors see all groups with a role, others only their own groups.
  const groups =
    readsEverything(access) && value
      ? value.visible.flatMap(({ grants }) => grants.map(({ group }) => group))
      : access?.groups ?? [];
  return (
    <>
      <StaleAlert polled={polled} />
      <ClusterBanners
        clusters={namedClusters(clusters.value?.items, value?.visible)}
      />
      {value && value.unreadable.length > 0 && (
        <Alert
          status="warning"
          icon
          title={t('entity.namespaces.unreadable', {
            entries: value.unreadable.join(', '),
          })}
        />
      )}
      <Section title={t('entity.namespaces.title')}>
        {value?.visible.length === 0 ? (
          <Notice
            icon={RiShipLine}
            title={
              value.hidden.length > 0
                ? t('entity.namespaces.noneVisible')
                : t('entity.namespaces.empty')
            }
          >
            <Text color="secondary">
              {value.hidden.length > 0
                ? t('entity.namespaces.noneVisibleHint')
                : t('entity.namespaces.emptyHint')}
            </Text>
          </Notice>
        ) : (
          <RolesTable
            namespaces={value?.visible}
            clusters={clusters.value?.items}
            groups={groups}
            rolesLabel={t('entity.held')}
          />
        )}
        {value && value.hidden.length > 0 && (
          <Text as="p" variant="body-small" color="secondary">
            {t('entity.namespaces.hidden', {
              names: value.hidden
                .map(({ cluster, namespace }) => `${cluster}/${namespace}`)
                .join(', '),
            })}
          </Text>
        )}
        {value && value.more > 0 && (
          <Text as="p" color="secondary">
            {t('entity.tooMany', {
              shown: String(value.visible.length + value.hidden.length),
              total: String(
                value.visible.length + value.hidden.length + value.more,
              ),
            })}
          </Text>
        )}
      </Section>
    </>
  );
}

/** Card on the overview of a component or system: the namespaces where it runs, and their usage. */
export function EntityNamespacesCard() {
  return (
    <EntityFrame>
      <NamespacesCard />
    </EntityFrame>
  );
}

function NamespacesCard() {
  const t = useText();
  const route = useRouteRef(namespaceRouteRef);
  const clusters = useClusters().value?.items;
  return (
    <Section title={t('entity.namespaces.title')}>
      <Loaded
        polled={useEntityNamespaces()}
        title={t('entity.namespaces.failed')}
        render={({ visible, hidden }) => (
          <>
            {visible.length === 0 && (
              <Text color="secondary">
                {hidden.length > 0
                  ? t('entity.namespaces.noneVisible')
                  : t('entity.namespaces.empty')}
              </Text>
            )}
            <ul className={styles.lines}>
              {visible.map(namespace => {
                const { cluster, name, quota } = namespace;
                return (
                  <li key={`${cluster}/${name}`} className={styles.line}>
                    <NameLink
                      href={route({ name: cluster, namespace: name })}
                      name={`${cluster}/${name}`}
                    />
                    <NamespaceStatusLabel
                      namespace={namespace}
                      clusterState={
                        clusters?.find(one => one.name === cluster)?.status
                          .state
                      }
                    />
                    <TightestBar quota={quota} />
                  </li>
                );
              })}
            </ul>
          </>
        )}
      />
    </Section>
  );
}
