import {
  MutableRefObject,
  useCallback,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  ObjectAddress,
  ObjectView,
  RelatedObject,
  RelatedObjectList,
} from '@berth/plugin-berth-common';
import { useQueryClient } from '@tanstack/react-query';
import { Route, Routes, useParams } from 'react-router-dom';
import { berthApiRef } from '../../api';
import { DetailPage, useObjectAddress, useText } from '../../kit';
import { ProblemWithExplanation } from '../../kit/explain/AccessExplanationPanel';
import { problemOf } from '../../kit/format';
import { usePageTitle } from '../../kit/hooks';
import { LogView } from '../../kit/logs';
import { Polled, usePolled } from '../../kit/query';
import pageStyles from '../../kit/page.module.css';
import { useObjectActions } from './actions/useObjectActions';
import { EventsTab } from './EventsTab';
import { GoneObject } from './GoneObject';
import { KeptByBerth } from './KeptByBerth';
import { TabId, tabsOf } from './kinds';
import { rolloutOf } from './kinds/rollout';
import { MissingObject } from './MissingObject';
import { ObjectHeader, useBreadcrumbs } from './ObjectHeader';
import { OpenEditContext } from './openEdit';
import { OverviewTab } from './overview/OverviewTab';
import { PodsTab } from './PodsTab';
import { textAt } from './reading';
import { RevisionsTab } from './RevisionsTab';
import { YamlTab } from './yaml/YamlTab';

const INTERVAL = 10_000;
const INTERVAL_WHILE_MOVING = 3_000;
const RELATED_INTERVAL = 20_000;

/** Shows one object of a cluster, with its tabs. */
export function ObjectPage() {
  const address = useObjectAddress();
  // Nothing that a person entered or revealed may move on to another object.
  return <AddressedPage key={JSON.stringify(address)} address={address} />;
}

function AddressedPage({ address }: { address: ObjectAddress }) {
  const { cluster, namespace, name, plural } = address;
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['object', address],
    load: () => api.getObject(address),
    every: view => intervalFor(address, view),
  });
  const related = usePolled({
    key: ['object', address, 'related'],
    load: () => api.listRelatedObjects(address),
    every: RELATED_INTERVAL,
  });
  const tab = useTab(address);
  const draft = useRef<string>();
  const isMissing = problemOf(polled.error).kind === 'notFound';
  const [isEditing, setOpen] = useState(false);
  const openEdit = useMemo(() => ({ isGone: isMissing, setOpen }), [isMissing]);
  const breadcrumbs = useBreadcrumbs(address);
  usePageTitle(
    ...(tab === 'overview' ? [] : [t(`object.tab.${tab}`)]),
    `${plural}/${name}`,
    namespace === undefined
      ? cluster
      : t('pageTitle.namespace', { namespace, cluster }),
  );
  return (
    <DetailPage
      title={name}
      breadcrumbs={breadcrumbs}
      polled={polled}
      problem={
        isMissing ? (
          <MissingObject address={address} polled={polled} />
        ) : (
          <ProblemWithExplanation
            error={polled.error}
            onRetry={polled.refresh}
            retrying={polled.refreshing}
            cluster={cluster}
            namespace={namespace}
          />
        )
      }
      gone={
        isEditing
          ? undefined
          : view => <GoneObject address={address} view={view} draft={draft} />
      }
      header={view => (
        <Header
          address={address}
          view={view}
          tab={tab}
          polled={polled}
          related={related.value?.items}
        />
      )}
    >
      {view => (
        <OpenEditContext.Provider value={openEdit}>
          {view.keptByBerth && <KeptByBerth address={address} />}
          <div className={pageStyles.tab}>
            <ObjectTabs
              address={address}
              view={view}
              polled={polled}
              related={related}
              draft={draft}
            />
          </div>
        </OpenEditContext.Provider>
      )}
    </DetailPage>
  );
}

function Header(props: {
  address: ObjectAddress;
  view: ObjectView;
  tab: TabId;
  polled: Polled<ObjectView>;
  related?: RelatedObject[];
}) {
  const { address, view, polled } = props;
  const reload = useReload(address, polled);
  const actions = useObjectActions(address, view, reload);
  return <ObjectHeader {...props} actions={actions} />;
}

function ObjectTabs(props: {
  address: ObjectAddress;
  view: ObjectView;
  polled: Polled<ObjectView>;
  related: Polled<RelatedObjectList>;
  draft: MutableRefObject<string | undefined>;
}) {
  const { address, view, polled, related, draft } = props;
  const reload = useReload(address, polled);
  const actions = useObjectActions(address, view, reload);
  const elements: Record<TabId, JSX.Element> = {
    overview: <OverviewTab address={address} view={view} related={related} />,
    pods: <PodsTab address={address} view={view} />,
    logs: <LogView address={address} />,
    events: <EventsTab address={address} />,
    revisions: <RevisionsTab address={address} actions={actions} />,
    yaml: (
      <YamlTab
        address={address}
        view={view}
        actions={actions}
        draft={draft}
        onSaved={reload}
      />
    ),
  };
  return (
    <Routes>
      {tabsOf(address).map(tab => (
        <Route key={tab} path={`/${tab}`} element={elements[tab]} />
      ))}
      <Route path="*" element={elements.overview} />
    </Routes>
  );
}

/** Returns a function that loads an object again after a change, and then its pods, events and relations. */
function useReload(
  address: ObjectAddress,
  { refresh }: Polled<ObjectView>,
): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    await refresh();
    const queryKey = ['object', address];
    // Slow answers about these must not keep the dialog of an action open.
    void client.invalidateQueries({
      queryKey,
      predicate: query => query.queryKey.length > queryKey.length,
    });
  }, [client, address, refresh]);
}

function useTab(address: ObjectAddress): TabId {
  const { '*': path = '' } = useParams();
  return tabsOf(address).find(id => id === path.split('/')[0]) ?? 'overview';
}

function intervalFor(address: ObjectAddress, view?: ObjectView): number {
  const object = view?.object ?? {};
  const isMoving =
    textAt(object, 'metadata.deletionTimestamp') !== undefined ||
    textAt(object, 'status.phase') === 'Pending' ||
    (tabsOf(address).includes('revisions') &&
      rolloutOf(address.plural, object).state === 'progressing');
  return isMoving ? INTERVAL_WHILE_MOVING : INTERVAL;
}
