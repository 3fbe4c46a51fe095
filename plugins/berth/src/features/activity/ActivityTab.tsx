import { Button, Flex, Text, Container, Header } from '@backstage/ui';
import { RiHistoryLine } from '@remixicon/react';
import { readsEverything, useAccess, usePageTitle } from '../../kit/hooks';
import {
  Notice,
  ProblemNotice,
  RefreshControl,
  StaleAlert,
  useText,
} from '../../kit';
import styles from '../../kit/page.module.css';
import { ActivityFilters, ExportButtons } from './ActivityFilters';
import { ActivityTable } from './ActivityTable';
import { NO_FILTERS, parametersOf } from './activityFilter';
import { TOKEN_EVENT } from './foldTokens';
import { Activity, ActivityPlace, useActivity } from './useActivity';

const ANYWHERE: ActivityPlace = {};

/** Shows who did what on a cluster, in one of its namespaces or anywhere, and the outcome. */
export function ActivityTab({ place = ANYWHERE }: { place?: ActivityPlace }) {
  const t = useText();
  const { value: access } = useAccess();
  const activity = useActivity(place);
  return (
    <div className={styles.tab}>
      {access && !readsEverything(access) && (
        <Text color="secondary">{t('activity.onlyYours')}</Text>
      )}
      <Flex justify="between" align="end" gap="3" style={{ flexWrap: 'wrap' }}>
        <ActivityFilters activity={activity} place={place} />
        <Flex align="center" gap="2">
          <ExportButtons place={place} choice={activity.choice} />
          <RefreshControl polled={activity.page} />
        </Flex>
      </Flex>
      <StaleAlert polled={activity.page} />
      <ActivityContent activity={activity} place={place} />
    </div>
  );
}

function ActivityContent(props: { activity: Activity; place: ActivityPlace }) {
  const { place } = props;
  const { choice, change, page } = props.activity;
  const t = useText();
  if (page.error && !page.value) {
    return (
      <ProblemNotice
        error={page.error}
        onRetry={page.refresh}
        retrying={page.refreshing}
      />
    );
  }
  if (page.value?.items.length === 0) {
    const filtered = Object.keys(parametersOf(choice)).length > 0;
    return (
      <Notice
        role="status"
        icon={RiHistoryLine}
        title={t(filtered ? 'activity.noMatch' : 'activity.empty')}
        actions={
          filtered && (
            <Button variant="secondary" onPress={() => change(NO_FILTERS)}>
              {t('activity.clear')}
            </Button>
          )
        }
      />
    );
  }
  const { nextCursor, prevCursor } = page.value ?? {};
  return (
    <>
      <ActivityTable
        entries={page.value?.items}
        place={place}
        eachToken={choice.event === TOKEN_EVENT}
      />
      {(nextCursor || prevCursor || choice.cursor) && (
        <Flex gap="2" justify="end">
          <Button
            variant="secondary"
            isDisabled={!prevCursor && !choice.cursor}
            onPress={() => change({ cursor: prevCursor })}
          >
            {t('activity.newer')}
          </Button>
          <Button
            variant="secondary"
            isDisabled={!nextCursor}
            onPress={() => change({ cursor: nextCursor })}
          >
            {t('activity.older')}
          </Button>
        </Flex>
      )}
    </>
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
