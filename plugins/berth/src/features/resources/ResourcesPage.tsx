import { useCallback, useEffect, useRef } from 'react';
import {
  Container,
  Header,
  Select,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { ResourceKind } from '@berth/plugin-berth-common';
import { RiSearchLine } from '@remixicon/react';
import { Navigate, useParams, useSearchParams } from 'react-router-dom';
import { berthApiRef } from '../../api';
import { ProblemNotice, Notice, useText } from '../../kit';
import { ApplyYamlButton } from '../../kit/apply';
import { RESOURCE_TABS, ResourceTab } from '../../kit/resourceTabs';
import { useAccess, usePageTitle, useUrlQuery } from '../../kit/hooks';
import { Polled, usePolled } from '../../kit/query';
import { resourcesRouteRef } from '../../routes';
import {
  customKinds,
  kindsOf,
  isNamespacedKind,
  kindText,
  KnownKind,
  needsDiscovery,
  parseKind,
} from './kinds';
import {
  DEFAULT_QUERY,
  formatResourcesQuery,
  parseResourcesQuery,
  ResourcesQuery,
} from './resourcesQuery';
import { KindList } from './list/KindList';
import styles from './list/KindList.module.css';

/** Lists what runs on the clusters, as the signed-in person may see it. */
export function ResourcesPage() {
  const { '*': path = '' } = useParams();
  const t = useText();
  const route = useRouteRef(resourcesRouteRef);
  const { value: access } = useAccess();
  const tab = RESOURCE_TABS.find(one => one === path);
  const placeSearch = usePlaceSearch();
  usePageTitle(
    ...(tab ? [t(`resources.tab.${tab}`)] : []),
    t('resources.title'),
  );
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
        customActions={<ApplyYamlButton />}
      />
      <Container>
        <TabContent tab={tab} />
      </Container>
    </>
  );
}

/** Returns the part of the query that is the same on all tabs: where the objects are. */
function usePlaceSearch(): string {
  const [parameters] = useSearchParams();
  const { clusters, namespaces, labels } = parseResourcesQuery(parameters);
  const place = formatResourcesQuery({
    ...DEFAULT_QUERY,
    clusters,
    namespaces,
    labels,
  }).toString();
  return place && `?${place}`;
}

function TabContent({ tab }: { tab: ResourceTab }) {
  const [query, onQueryChange] = useUrlQuery(
    parseResourcesQuery,
    formatResourcesQuery,
  );
  const changeKind = useCallback(
    (kind: string) =>
      // Clusters, namespaces and labels are the same for all kinds; columns and states are not.
      onQueryChange({
        kind,
        status: DEFAULT_QUERY.status,
        sort: DEFAULT_QUERY.sort,
        columns: DEFAULT_QUERY.columns,
      }),
    [onQueryChange],
  );
  if (tab === 'custom') {
    return (
      <CustomKinds
        query={query}
        onQueryChange={onQueryChange}
        onKindChange={changeKind}
      />
    );
  }
  return (
    <KnownKinds
      tab={tab}
      query={query}
      onQueryChange={onQueryChange}
      onKindChange={changeKind}
    />
  );
}

interface KindsProps {
  query: ResourcesQuery;
  onQueryChange: (change: Partial<ResourcesQuery>) => void;
  onKindChange: (kind: string) => void;
}

/** A tab with a few kinds that are known beforehand. */
function KnownKinds(props: KindsProps & { tab: ResourceTab }) {
  const { tab, query, onQueryChange, onKindChange } = props;
  const t = useText();
  const { value: discovered } = useKinds(needsDiscovery(tab));
  const kinds = kindsOf(tab, discovered ?? []);
  const shown = kinds.find(kind => kind === query.kind) ?? kinds[0];
  const address = parseKind(shown);
  const chooser = useRef<HTMLDivElement>(null);
  // On a phone, the kinds do not all fit, and the chosen one may be out of view.
  useEffect(() => {
    chooser.current
      ?.querySelector('[aria-checked="true"]')
      ?.scrollIntoView?.({ block: 'nearest', inline: 'center' });
  }, [shown]);
  return (
    <>
      {kinds.length > 1 && (
        <div className={styles.kinds} ref={chooser}>
          <ToggleButtonGroup
            aria-label={t('resources.kind')}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[shown]}
            onSelectionChange={([kind]) => onKindChange(String(kind))}
          >
            {kinds.map(kind => (
              <ToggleButton key={kind} id={kind}>
                {t(`resources.kinds.${pluralOf(kind)}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        </div>
      )}
      {address && (
        <KindList
          kind={address}
          label={t(`resources.kinds.${pluralOf(shown)}`)}
          isNamespaced={isNamespacedKind(shown)}
          query={query}
          onQueryChange={onQueryChange}
        />
      )}
    </>
  );
}

type PluralOf<Kind> = Kind extends `${string}/${infer Plural}` ? Plural : never;

function pluralOf<Kind extends KnownKind>(kind: Kind): PluralOf<Kind> {
  return kind.slice(kind.indexOf('/') + 1) as PluralOf<Kind>;
}

/** A tab that offers all other kinds. */
function CustomKinds({ query, onQueryChange, onKindChange }: KindsProps) {
  const t = useText();
  const polled = useKinds(true);
  const kinds = customKinds(polled.value ?? []);
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
          label={chosen.kind}
          isNamespaced={chosen.namespaced}
          query={query}
          onQueryChange={onQueryChange}
        />
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

const KINDS_INTERVAL = 5 * 60_000;
const KINDS_RETRY = 10_000;

/** Loads the kinds that the clusters have. */
function useKinds(isNeeded: boolean): Polled<ResourceKind[]> {
  const api = useApi(berthApiRef);
  return usePolled<ResourceKind[]>({
    key: ['kinds', isNeeded],
    load: async () => (isNeeded ? (await api.listKinds()).items : []),
    every: kinds => (kinds ? KINDS_INTERVAL : KINDS_RETRY),
    ignoresChanges: true,
  });
}
