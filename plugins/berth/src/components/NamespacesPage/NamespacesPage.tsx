import { useState } from 'react';
import { Button, ButtonLink, Container, Header, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  RiAddLine,
  RiLockLine,
  RiSearchLine,
  RiShipLine,
} from '@remixicon/react';
import { useNavigate } from 'react-router-dom';
import { useAccess, useUrlQuery } from '../../hooks';
import { mineRouteRef, namespaceRouteRef } from '../../routes';
import { CreateNamespaceDialog } from '../NamespaceForm';
import { Notice, ProblemNotice, StaleAlert, useText } from '../common';
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

/** All namespaces, for platform admins. */
export function NamespacesPage() {
  const t = useText();
  const mine = useRouteRef(mineRouteRef);
  const { value: access, error, refresh } = useAccess();
  if (access?.admin) {
    return <AdminPage />;
  }
  return (
    <>
      <Header title={t('namespaces.title')} />
      <Container>
        {access && (
          <Notice
            icon={RiLockLine}
            title={t('namespaces.adminOnly')}
            actions={
              <ButtonLink variant="secondary" href={mine()}>
                {t('namespaces.toMine')}
              </ButtonLink>
            }
          >
            <Text color="secondary">{t('namespaces.adminOnlyNext')}</Text>
          </Notice>
        )}
        {!access && error !== undefined && (
          <ProblemNotice error={error} onRetry={refresh} />
        )}
      </Container>
    </>
  );
}

function AdminPage() {
  const t = useText();
  const navigate = useNavigate();
  const route = useRouteRef(namespaceRouteRef);
  const [query, changeQuery] = useUrlQuery(
    parseListQuery,
    formatListQuery,
    FIRST_PAGE,
  );
  const list = useNamespaces(query);
  const [creating, setCreating] = useState(false);
  const createButton = (
    <Button
      variant="primary"
      iconStart={<RiAddLine />}
      onPress={() => setCreating(true)}
    >
      {t('namespaces.create')}
    </Button>
  );
  return (
    <>
      <Header title={t('namespaces.title')} customActions={createButton} />
      <Container>
        <StaleAlert polled={list} />
        {content()}
      </Container>
      {creating && (
        <CreateNamespaceDialog
          cluster={query.cluster}
          onClose={() => setCreating(false)}
          onCreated={({ cluster, name }) =>
            navigate(route({ name: cluster, namespace: name }))
          }
        />
      )}
    </>
  );

  function content() {
    const { shown, error } = list;
    if (error !== undefined && !shown) {
      return (
        <ProblemNotice
          error={error}
          onRetry={list.refresh}
          retrying={list.refreshing}
        />
      );
    }
    if (shown?.totalItems === 0 && !isFiltered(query) && !list.isStale) {
      return (
        <Notice
          icon={RiShipLine}
          title={t('namespaces.empty.title')}
          actions={createButton}
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
        />
        {shown?.totalItems === 0 ? (
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
            list={shown}
            isStale={list.isStale}
            query={query}
            onQueryChange={changeQuery}
          />
        )}
      </>
    );
  }
}
