import { useCallback, useMemo } from 'react';
import { Text, Container, Header } from '@backstage/ui';
import { RiHistoryLine } from '@remixicon/react';
import { readsEverything, useAccess, usePageTitle } from '../../kit/hooks';
import { NoMatch, Notice, ResourceList, useText } from '../../kit';
import { ActivityFilters, ExportButtons } from './ActivityFilters';
import { ACTIVITY_BREAKPOINTS, activityColumns } from './activityColumns';
import {
  ActivityPlace,
  NO_FILTERS,
  isFiltered,
  useActivity,
} from './activityQuery';
import { TOKEN_EVENT, foldTokens, unfolded } from './foldTokens';

const ANYWHERE: ActivityPlace = {};

/** Shows who did what on a cluster, in one of its namespaces or anywhere, and the outcome. */
export function ActivityTab({ place = ANYWHERE }: { place?: ActivityPlace }) {
  const t = useText();
  const { value: access } = useAccess();
  const { choice, change, list } = useActivity(place);
  const { shown } = list;
  const eachToken = choice.event === TOKEN_EVENT;
  const page = useMemo(
    () =>
      shown && {
        ...shown,
        items: (eachToken ? unfolded : foldTokens)(shown.items),
      },
    [shown, eachToken],
  );
  const { cluster, namespace } = place;
  const columns = useCallback(
    (fitting: number) => activityColumns(t, fitting, { cluster, namespace }),
    [t, cluster, namespace],
  );
  return (
    <ResourceList
      polled={list}
      page={page}
      isStale={list.isStale}
      columns={columns}
      breakpoints={ACTIVITY_BREAKPOINTS}
      query={choice}
      onQueryChange={change}
      isRoomy
      hasGrowingRows
      keepFilters
      banner={
        access &&
        !readsEverything(access) && (
          <Text as="p" color="secondary">
            {t('activity.onlyYours')}
          </Text>
        )
      }
      filters={
        <ActivityFilters choice={choice} onChange={change} place={place} />
      }
      actions={<ExportButtons place={place} choice={choice} />}
      empty={
        shown?.items.length === 0 &&
        !choice.cursor &&
        !isFiltered(choice) && (
          <Notice
            role="status"
            icon={RiHistoryLine}
            title={t('activity.empty')}
          />
        )
      }
      noMatch={
        <NoMatch
          title={t('activity.noMatch')}
          clear={t('activity.clear')}
          onClear={() => change(NO_FILTERS)}
        />
      }
    />
  );
}

/** Shows who did what anywhere: all entries to admins, the entries that concern them to others. */
export function ActivityPage() {
  const t = useText();
  usePageTitle(t('activity.title'));
  return (
    <>
      <Header
        title={t('activity.title')}
        description={t('activity.description')}
      />
      <Container>
        <ActivityTab />
      </Container>
    </>
  );
}
