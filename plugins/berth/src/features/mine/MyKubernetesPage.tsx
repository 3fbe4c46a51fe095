import { ReactNode, useMemo } from 'react';
import {
  Alert,
  Box,
  Button,
  ButtonLink,
  Container,
  Flex,
  Header,
  Select,
} from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiAddLine, RiTerminalBoxLine } from '@remixicon/react';
import { problemOf } from '../../kit/format';
import {
  Mine,
  useAccess,
  useMine,
  usePageTitle,
  useUrlQuery,
} from '../../kit/hooks';
import { kubectlRouteRef, newRequestRouteRef } from '../../routes';
import {
  ClusterBanners,
  ListSearch,
  NoMatch,
  ResourceList,
  useText,
} from '../../kit';
import { MineEmpty } from './MineEmpty';
import { PersonalNamespaces } from './PersonalNamespaces';
import { useMineTable } from './MineTable';
import styles from './MyKubernetesPage.module.css';
import {
  clustersOf,
  formatMineQuery,
  MineQuery,
  MineRow,
  parseMineQuery,
  rowsOf,
  selectRows,
} from './mine';

/** Lists the namespaces of the caller's groups on every cluster, with a kubeconfig for each. */
export function MyKubernetesPage(props: {
  /** Shown below the namespaces, if there are any. */
  footer?: ReactNode;
}) {
  const t = useText();
  usePageTitle(t('mine.title'));
  const mine = useMine();
  const newRequest = useRouteRef(newRequestRouteRef);
  const { value: access } = useAccess();
  const kubectl = useRouteRef(kubectlRouteRef);
  const rows = useMemo(
    () =>
      mine.namespaces.value &&
      access &&
      rowsOf(
        mine.namespaces.value.items,
        mine.clusters.value?.items ?? [],
        access,
      ),
    [mine.namespaces.value, mine.clusters.value, access],
  );
  return (
    <>
      <Header
        title={t('mine.title')}
        customActions={
          rows && rows.length > 0 ? (
            <Flex gap="2" style={{ flexWrap: 'wrap' }}>
              <ButtonLink
                variant="secondary"
                iconStart={<RiAddLine />}
                href={newRequest()}
              >
                {t('requests.newNamespace')}
              </ButtonLink>
              <ButtonLink
                variant="primary"
                iconStart={<RiTerminalBoxLine />}
                href={kubectl()}
              >
                {t('kubectl.title')}
              </ButtonLink>
            </Flex>
          ) : undefined
        }
      />
      <Container>
        <PersonalNamespaces onCreated={mine.namespaces.refresh} />
        <MineContent mine={mine} rows={rows} />
        {rows && rows.length > 0 && props.footer}
      </Container>
    </>
  );
}

function MineContent({ mine, rows }: { mine: Mine; rows?: MineRow[] }) {
  const { namespaces, clusters } = mine;
  const t = useText();
  const access = useAccess();
  const [query, changeQuery] = useUrlQuery(parseMineQuery, formatMineQuery);
  const selected = useMemo(
    () => rows && selectRows(rows, query),
    [rows, query],
  );
  const { table, dialog } = useMineTable({
    rows: selected,
    query,
    onQueryChange: changeQuery,
  });
  const failure = namespaces.error ?? access.error;
  return (
    <>
      <ResourceList
        {...table}
        polled={
          rows
            ? namespaces
            : { ...namespaces, value: undefined, error: failure }
        }
        onRetry={() => {
          namespaces.refresh();
          access.refresh();
        }}
        banner={
          <>
            <ClustersProblem mine={mine} />
            <ClusterBanners clusters={clustersOf(rows ?? [])} />
          </>
        }
        filters={
          <Filters
            rows={rows ?? []}
            query={query}
            onQueryChange={changeQuery}
          />
        }
        note={<TooMany mine={mine} />}
        empty={
          rows?.length === 0 &&
          access.value && (
            <MineEmpty
              access={access.value}
              clusters={clusters.value?.items ?? []}
            />
          )
        }
        noMatch={
          <NoMatch
            title={t('mine.noMatch')}
            description={t('mine.noMatchNext')}
            clear={t('mine.clear')}
            onClear={() => changeQuery({ search: '', cluster: '' })}
          />
        }
      />
      {dialog}
    </>
  );
}

/** Warns that the states of the clusters could not be loaded; the namespaces are useful without them. */
function ClustersProblem({ mine: { namespaces, clusters } }: { mine: Mine }) {
  const t = useText();
  if (!clusters.error || clusters.value || !namespaces.value?.totalItems) {
    return null;
  }
  return (
    <Box mb="3">
      <Alert
        role="status"
        status="warning"
        icon
        title={t('mine.clustersFailed', {
          message: problemOf(clusters.error).message,
        })}
        customActions={
          <Button
            size="small"
            variant="tertiary"
            onPress={clusters.refresh}
            isPending={clusters.refreshing}
          >
            {t('common.retry')}
          </Button>
        }
      />
    </Box>
  );
}

function TooMany({ mine: { namespaces } }: { mine: Mine }) {
  const t = useText();
  const { items, totalItems } = namespaces.value ?? {
    items: [],
    totalItems: 0,
  };
  return items.length < totalItems ? (
    <Box mb="3">
      <Alert
        status="info"
        icon
        title={t('mine.tooMany', {
          shown: String(items.length),
          total: String(totalItems),
        })}
      />
    </Box>
  ) : null;
}

function Filters(props: {
  rows: MineRow[];
  query: MineQuery;
  onQueryChange: (change: Partial<MineQuery>) => void;
}) {
  const { rows, query, onQueryChange } = props;
  const t = useText();
  const clusters = [
    ...new Set(rows.map(({ namespace }) => namespace.cluster)),
  ].sort();
  return (
    <>
      <ListSearch
        className={styles.search}
        label={t('mine.search')}
        value={query.search}
        onChange={search => onQueryChange({ search })}
      />
      <Select
        className={styles.filter}
        aria-label={t('mine.cluster')}
        value={query.cluster || 'all'}
        onChange={cluster =>
          onQueryChange({ cluster: cluster === 'all' ? '' : String(cluster) })
        }
        options={[
          { id: 'all', label: t('mine.allClusters') },
          ...clusters.map(name => ({ id: name, label: name })),
        ]}
      />
    </>
  );
}
