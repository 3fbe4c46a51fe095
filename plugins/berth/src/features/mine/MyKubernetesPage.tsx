import { useMemo, useState } from 'react';
import {
  Alert,
  Box,
  Button,
  ButtonLink,
  Container,
  Flex,
  Header,
} from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiAddLine, RiTerminalBoxLine } from '@remixicon/react';
import { problemOf } from '../../kit/format';
import { useAccess, usePageTitle } from '../../kit/hooks';
import { newRequestRouteRef } from '../../routes';
import { ClusterBanners, ProblemNotice, StaleAlert, useText } from '../../kit';
import { MineEmpty, MineNoMatch } from './MineEmpty';
import { MineTable } from './MineTable';
import { MineToolbar } from './MineToolbar';
import { SetUpKubectl } from './SetUpKubectl';
import { MineRow, clustersOf, rowsOf, selectRows } from './mine';
import { Mine, useMine } from './useMine';
import { useMineQuery } from './useMineQuery';

/** Every namespace that the caller's groups hold, on every cluster, and the way in. */
export function MyKubernetesPage() {
  const t = useText();
  usePageTitle(t('mine.title'));
  const mine = useMine();
  const newRequest = useRouteRef(newRequestRouteRef);
  const { value: access } = useAccess();
  const [settingUp, setSettingUp] = useState(false);
  const rows = useMemo(
    () =>
      mine.namespaces.value &&
      access &&
      rowsOf(
        mine.namespaces.value.items,
        mine.clusters.value?.items ?? [],
        access.groups,
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
              <Button
                variant="primary"
                iconStart={<RiTerminalBoxLine />}
                onPress={() => setSettingUp(true)}
              >
                {t('mine.setUp')}
              </Button>
            </Flex>
          ) : undefined
        }
      />
      <Container>
        <StaleAlert polled={mine.namespaces} />
        <ClustersProblem mine={mine} />
        <ClusterBanners clusters={clustersOf(rows ?? [])} />
        <MineContent mine={mine} rows={rows} />
      </Container>
      {settingUp && rows && (
        <SetUpKubectl rows={rows} onClose={() => setSettingUp(false)} />
      )}
    </>
  );
}

function MineContent({ mine, rows }: { mine: Mine; rows?: MineRow[] }) {
  const { namespaces, clusters } = mine;
  const access = useAccess();
  const [query, changeQuery] = useMineQuery();
  const selected = useMemo(
    () => rows && selectRows(rows, query),
    [rows, query],
  );
  const error = namespaces.error ?? access.error;
  if (!rows && error) {
    return (
      <ProblemNotice
        error={error}
        onRetry={() => {
          namespaces.refresh();
          access.refresh();
        }}
        retrying={namespaces.refreshing}
      />
    );
  }
  if (rows?.length === 0 && access.value) {
    return (
      <MineEmpty access={access.value} clusters={clusters.value?.items ?? []} />
    );
  }
  return (
    <>
      <MineToolbar
        rows={rows ?? []}
        query={query}
        onQueryChange={changeQuery}
        polled={namespaces}
      />
      <TooMany mine={mine} />
      {selected?.length === 0 ? (
        <MineNoMatch onClear={() => changeQuery({ search: '', cluster: '' })} />
      ) : (
        <MineTable rows={selected} query={query} onQueryChange={changeQuery} />
      )}
    </>
  );
}

/** Namespaces without the states of their clusters are worth showing, with a word about it. */
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
