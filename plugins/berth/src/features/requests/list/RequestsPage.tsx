import { useCallback } from 'react';
import {
  ButtonLink,
  Container,
  Header,
  Select,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiAddLine, RiInboxLine, RiMailSendLine } from '@remixicon/react';
import {
  readsEverything,
  useAccess,
  usePageTitle,
  useUrlQuery,
} from '../../../kit/hooks';
import { newRequestRouteRef } from '../../../routes';
import {
  ClusterFilter,
  NoMatch,
  Notice,
  ResourceList,
  useText,
} from '../../../kit';
import styles from './RequestsPage.module.css';
import { REQUEST_BREAKPOINTS, requestColumns } from './requestColumns';
import {
  formatListQuery,
  isFiltered,
  KINDS,
  ListQuery,
  NO_FILTERS,
  parseListQuery,
  SECTIONS,
  STATES,
  useInboxCount,
  useRequests,
} from './requestsQuery';

const ANY = 'any';

/** Lists the caller's requests, and those that wait for the caller's decision. */
export function RequestsPage() {
  const t = useText();
  usePageTitle(t('requests.title'));
  const newRequest = useRouteRef(newRequestRouteRef);
  const [query, changeQuery] = useUrlQuery(parseListQuery, formatListQuery);
  const list = useRequests(query);
  const inbox = useInboxCount();
  const { shown } = list;
  const isMine = query.section === 'mine';
  const columns = useCallback(
    (fitting: number) => requestColumns(t, fitting, isMine),
    [t, isMine],
  );
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
        <ResourceList
          polled={list}
          page={shown}
          isStale={list.isStale}
          columns={columns}
          breakpoints={REQUEST_BREAKPOINTS}
          query={query}
          onQueryChange={changeQuery}
          pageLabel={range => t('requests.page', range)}
          keepFilters
          filters={
            <>
              <SectionChoice
                query={query}
                onQueryChange={changeQuery}
                inboxCount={inbox.value}
              />
              <Filters query={query} onQueryChange={changeQuery} />
            </>
          }
          empty={
            shown?.totalItems === 0 &&
            !isFiltered(query) && (
              <Empty section={query.section} newRequest={newRequest()} />
            )
          }
          noMatch={
            <NoMatch
              title={t('requests.noMatch.title')}
              description={t('requests.noMatch.next')}
              clear={t('requests.noMatch.clear')}
              onClear={() => changeQuery(NO_FILTERS)}
            />
          }
        />
      </Container>
    </>
  );
}

function Filters(props: {
  query: ListQuery;
  onQueryChange: (change: Partial<ListQuery>) => void;
}) {
  const { query, onQueryChange } = props;
  const t = useText();
  return (
    <div className={styles.filters} role="search">
      <Select
        className={styles.filter}
        aria-label={t('requests.filter.state')}
        value={query.state || ANY}
        onChange={key =>
          onQueryChange({
            state: key === 'open' ? key : STATES.find(one => one === key) ?? '',
          })
        }
        options={[
          { id: ANY, label: t('requests.filter.anyState') },
          { id: 'open', label: t('requests.filter.open') },
          ...STATES.map(id => ({ id, label: t(`requestState.${id}`) })),
        ]}
      />
      <Select
        className={styles.filter}
        aria-label={t('requests.filter.kind')}
        value={query.kind || ANY}
        onChange={key =>
          onQueryChange({ kind: KINDS.find(one => one === key) ?? '' })
        }
        options={[
          { id: ANY, label: t('requests.filter.anyKind') },
          ...KINDS.map(id => ({ id, label: t(`requestKind.${id}`) })),
        ]}
      />
      <ClusterFilter
        className={styles.filter}
        value={query.cluster}
        onChange={cluster => onQueryChange({ cluster })}
      />
    </div>
  );
}

function SectionChoice(props: {
  query: ListQuery;
  onQueryChange: (change: Partial<ListQuery>) => void;
  inboxCount?: number;
}) {
  const { query, onQueryChange, inboxCount = 0 } = props;
  const t = useText();
  const { value: access } = useAccess();
  const offered = SECTIONS.filter(
    one => one !== 'all' || readsEverything(access) || query.section === 'all',
  );
  return (
    <ToggleButtonGroup
      aria-label={t('requests.section.label')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[query.section]}
      onSelectionChange={([chosen]) => {
        const section = SECTIONS.find(one => one === chosen);
        if (section) {
          onQueryChange({ ...NO_FILTERS, section });
        }
      }}
    >
      {offered.map(section => (
        <ToggleButton key={section} id={section}>
          {section === 'inbox' && inboxCount > 0
            ? t('requests.section.inboxCount', { number: String(inboxCount) })
            : t(`requests.section.${section}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
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
