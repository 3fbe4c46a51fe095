import { Button, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiSearchLine, RiShipLine } from '@remixicon/react';
import { useNavigate } from 'react-router-dom';
import { useClusters, useUrlQuery } from '../../../kit/hooks';
import { namespaceRouteRef } from '../../../routes';
import { CreateNamespaceDialog } from '../create';
import {
  ClusterBanners,
  Notice,
  ProblemNotice,
  StaleAlert,
  useText,
} from '../../../kit';
import { CreateNamespaceButton } from './CreateNamespaceButton';
import { NamespacesTable } from './NamespacesTable';
import { NamespacesToolbar } from './NamespacesToolbar';
import {
  DEFAULT_QUERY,
  formatListQuery,
  isFiltered,
  parseListQuery,
} from './namespacesQuery';
import { useNamespaces } from './useNamespaces';

const FIRST_PAGE = { page: 1 };

/** The namespaces that a search and filters leave, for platform admins, with the form to create one. */
export function NamespacesList(props: {
  /** Shows only the namespaces of this cluster. */
  cluster?: string;
  /** Whether the form is open. */
  creating: boolean;
  onCreating: (creating: boolean) => void;
}) {
  const { cluster, creating, onCreating } = props;
  const t = useText();
  const navigate = useNavigate();
  const route = useRouteRef(namespaceRouteRef);
  const [query, changeQuery] = useUrlQuery(
    parseListQuery,
    formatListQuery,
    FIRST_PAGE,
  );
  const list = useNamespaces(
    cluster === undefined ? query : { ...query, cluster },
  );
  const clusters = useClusters().value?.items;
  const shown = cluster ?? query.cluster;
  const shownClusters = (clusters ?? []).filter(
    ({ name }) => !shown || name === shown,
  );
  return (
    <>
      <StaleAlert polled={list} />
      <ClusterBanners clusters={shownClusters} />
      {content()}
      {creating && (
        <CreateNamespaceDialog
          cluster={cluster ?? query.cluster}
          onClose={() => onCreating(false)}
          onCreated={made =>
            navigate(route({ name: made.cluster, namespace: made.name }))
          }
        />
      )}
    </>
  );

  function content() {
    const { shown: shownPage, error } = list;
    if (error !== undefined && !shownPage) {
      return (
        <ProblemNotice
          error={error}
          onRetry={list.refresh}
          retrying={list.refreshing}
        />
      );
    }
    if (shownPage?.totalItems === 0 && !isFiltered(query) && !list.isStale) {
      return (
        <Notice
          icon={RiShipLine}
          title={t('namespaces.empty.title')}
          actions={<CreateNamespaceButton onPress={() => onCreating(true)} />}
        >
          <Text color="secondary">{t('namespaces.empty.description')}</Text>
        </Notice>
      );
    }
    return (
      <>
        <NamespacesToolbar
          query={query}
          onQueryChange={changeQuery}
          polled={list}
          withCluster={cluster === undefined}
        />
        {shownPage?.totalItems === 0 ? (
          <Notice
            role="status"
            icon={RiSearchLine}
            title={t('namespaces.noMatch.title')}
            actions={
              <Button
                variant="secondary"
                onPress={() => changeQuery(DEFAULT_QUERY)}
              >
                {t('namespaces.noMatch.clear')}
              </Button>
            }
          >
            <Text color="secondary">{t('namespaces.noMatch.description')}</Text>
          </Notice>
        ) : (
          <NamespacesTable
            list={shownPage}
            clusters={clusters}
            isStale={list.isStale}
            query={query}
            onQueryChange={changeQuery}
            withCluster={cluster === undefined}
          />
        )}
      </>
    );
  }
}
