import { Alert, Container, Header, Select, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiSearchLine } from '@remixicon/react';
import { useQueryClient } from '@tanstack/react-query';
import { Navigate, useParams, useSearchParams } from 'react-router-dom';
import { ProblemNotice, Notice, useText } from '../../kit';
import { ApplyYamlButton } from '../../kit/apply';
import { RESOURCE_TABS, ResourceTab } from '../../kit/resourceTabs';
import { useAccess, usePageTitle, useTabInView } from '../../kit/hooks';
import { FailureList, groupFailures } from '../../kit/listing';
import { resourcesRouteRef } from '../../routes';
import { customKinds, kindText } from './kinds';
import { KindList } from './list/KindList';
import { KindsProps, KnownKinds } from './list/KnownKinds';
import {
  DEFAULT_QUERY,
  formatResourcesQuery,
  parseResourcesQuery,
} from './resourcesQuery';
import { RESOURCES_KEY } from './rows/useListing';
import { Kinds, useKinds } from './useKinds';
import { useResourcesQuery } from './useResourcesQuery';
import styles from './list/KindList.module.css';

/** Lists what runs on the clusters, as the signed-in person may see it. */
export function ResourcesPage() {
  const { '*': path = '' } = useParams();
  const t = useText();
  const route = useRouteRef(resourcesRouteRef);
  const { value: access } = useAccess();
  const client = useQueryClient();
  const tab = RESOURCE_TABS.find(one => one === path);
  const place = usePlace();
  const search = `${formatResourcesQuery({ ...DEFAULT_QUERY, ...place })}`;
  const placeSearch = search && `?${search}`;
  usePageTitle(
    ...(tab ? [t(`resources.tab.${tab}`)] : []),
    t('resources.title'),
  );
  useTabInView(tab ?? '');
  if (!tab) {
    return <Navigate to={`${route()}/${RESOURCE_TABS[0]}`} replace />;
  }
  // Roles in namespaces do not let anyone read nodes.
  const tabs = RESOURCE_TABS.filter(
    one => one !== 'nodes' || access?.admin || tab === 'nodes',
  );
  return (
    <>
      <Header
        title={t('resources.title')}
        tabs={tabs.map(one => ({
          id: one,
          label: t(`resources.tab.${one}`),
          href: `${route()}/${one}${placeSearch}`,
        }))}
        activeTabId={tab}
        customActions={
          <ApplyYamlButton
            cluster={only(place.clusters)}
            namespace={only(place.namespaces)}
            onApplied={() =>
              client.invalidateQueries({ queryKey: [RESOURCES_KEY] })
            }
          />
        }
      />
      <Container>
        <TabContent tab={tab} />
      </Container>
    </>
  );
}

/** Returns the part of the query that is the same on all tabs: where the objects are. */
function usePlace() {
  const [parameters] = useSearchParams();
  const { clusters, namespaces, labels } = parseResourcesQuery(parameters);
  return { clusters, namespaces, labels };
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

function TabContent({ tab }: { tab: ResourceTab }) {
  const kinds = useResourcesQuery();
  return tab === 'custom' ? (
    <CustomKinds {...kinds} />
  ) : (
    <KnownKinds {...kinds} tab={tab} />
  );
}

/** A tab that offers all other kinds. */
function CustomKinds({ query, onQueryChange, onKindChange }: KindsProps) {
  const t = useText();
  const polled = useKinds(true);
  const kinds = customKinds(polled.value?.items ?? []);
  const chosen = kinds.find(kind => kindText(kind) === query.kind);
  if (!polled.value && polled.error) {
    return (
      <ProblemNotice
        error={polled.error}
        onRetry={polled.refresh}
        retrying={polled.refreshing}
      />
    );
  }
  return (
    <>
      <Select
        className={styles.picker}
        label={t('resources.kind')}
        placeholder={t(
          polled.value ? 'resources.custom.choose' : 'common.loading',
        )}
        search={{ placeholder: t('resources.custom.search') }}
        value={chosen ? kindText(chosen) : null}
        onChange={kind => onKindChange(String(kind))}
        options={kinds.map(kind => ({
          id: kindText(kind),
          label:
            kind.group === 'core' ? kind.kind : `${kind.kind} (${kind.group})`,
        }))}
      />
      {chosen && (
        <KindList
          kind={chosen}
          label={chosen.plural}
          isNamespaced={chosen.namespaced}
          query={query}
          onQueryChange={onQueryChange}
        />
      )}
      {!chosen && polled.value && (
        <KindFailures failures={polled.value.failures} />
      )}
      {!chosen && polled.value && (
        <Notice
          icon={RiSearchLine}
          title={
            kinds.length > 0
              ? t('resources.custom.chooseTitle', { count: kinds.length })
              : t('resources.custom.none')
          }
        >
          <Text color="secondary">{t('resources.custom.hint')}</Text>
        </Notice>
      )}
    </>
  );
}

/** Says of which clusters the kinds are not known. The list of a kind has its own banner. */
function KindFailures({ failures }: Pick<Kinds, 'failures'>) {
  const t = useText();
  const groups = groupFailures(failures);
  if (groups.length === 0) {
    return null;
  }
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={t('resources.custom.partial')}
      description={<FailureList groups={groups} />}
    />
  );
}
