import { Button, ButtonLink, Container, Header, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  RiAddLine,
  RiInboxLine,
  RiMailSendLine,
  RiSearchLine,
} from '@remixicon/react';
import { usePageTitle, useUrlQuery } from '../../../kit/hooks';
import { newRequestRouteRef } from '../../../routes';
import { Notice, ProblemNotice, StaleAlert, useText } from '../../../kit';
import { RequestsTable } from './RequestsTable';
import { RequestsToolbar } from './RequestsToolbar';
import {
  ListQuery,
  NO_FILTERS,
  formatListQuery,
  isFiltered,
  parseListQuery,
} from './requestsQuery';
import { useInboxCount, useRequests } from './useRequests';

const FIRST_PAGE = { page: 1 };

/** The caller's requests, and those that wait for their decision. */
export function RequestsPage() {
  const t = useText();
  usePageTitle(t('requests.title'));
  const newRequest = useRouteRef(newRequestRouteRef);
  const [query, changeQuery] = useUrlQuery(
    parseListQuery,
    formatListQuery,
    FIRST_PAGE,
  );
  const list = useRequests(query);
  const inbox = useInboxCount();
  return (
    <>
      <Header
        title={t('requests.title')}
        customActions={
          <ButtonLink
            variant="primary"
            iconStart={<RiAddLine />}
            href={newRequest()}
          >
            {t('requests.new')}
          </ButtonLink>
        }
      />
      <Container>
        <StaleAlert polled={list} />
        <RequestsToolbar
          query={query}
          onQueryChange={changeQuery}
          inboxCount={inbox.value}
          polled={list}
        />
        {content()}
      </Container>
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
    if (shown?.totalItems === 0) {
      return isFiltered(query) ? (
        <NoMatch onClear={() => changeQuery(NO_FILTERS)} />
      ) : (
        <Empty section={query.section} newRequest={newRequest()} />
      );
    }
    return (
      <RequestsTable
        list={shown}
        isStale={list.isStale}
        query={query}
        onQueryChange={changeQuery}
      />
    );
  }
}

function NoMatch({ onClear }: { onClear: () => void }) {
  const t = useText();
  return (
    <Notice
      role="status"
      icon={RiSearchLine}
      title={t('requests.noMatch.title')}
      actions={
        <Button variant="secondary" onPress={onClear}>
          {t('requests.noMatch.clear')}
        </Button>
      }
    >
      <Text color="secondary">{t('requests.noMatch.next')}</Text>
    </Notice>
  );
}

function Empty(props: { section: ListQuery['section']; newRequest: string }) {
  const { section, newRequest } = props;
  const t = useText();
  return (
    <Notice
      role="status"
      icon={section === 'inbox' ? RiInboxLine : RiMailSendLine}
      title={t(`requests.empty.${section}`)}
      actions={
        section === 'mine' && (
          <ButtonLink variant="secondary" href={newRequest}>
            {t('requests.newNamespace')}
          </ButtonLink>
        )
      }
    >
      <Text color="secondary">{t(`requests.empty.${section}Next`)}</Text>
    </Notice>
  );
}
