import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { RiInboxUnarchiveLine } from '@remixicon/react';
import { ButtonLink, Text } from '@backstage/ui';
import { Route, Routes, useParams } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import { DetailPage, Notice, useReleaseAddress, useText } from '../../../kit';
import { ProblemWithExplanation } from '../../../kit/explain/AccessExplanationPanel';
import { usePageTitle } from '../../../kit/hooks';
import pageStyles from '../../../kit/page.module.css';
import { usePolled } from '../../../kit/query';
import { helmRouteRef } from '../../../routes';
import { OperationsTab } from '../operations/OperationsTab';
import { DriftTab } from './DriftTab';
import { HistoryTab } from './HistoryTab';
import { ManifestTab } from './ManifestTab';
import { OverviewTab } from './OverviewTab';
import { ReleaseHeader } from './ReleaseHeader';
import { isReleaseTab, ReleaseTab } from './tabs';
import { UnreadableRelease } from './UnreadableRelease';
import { ValuesTab } from './ValuesTab';

const INTERVAL = 20_000;
const INTERVAL_WHILE_MOVING = 4_000;

/** Shows one Helm release, with its tabs. */
export function ReleasePage() {
  const address = useReleaseAddress();
  // Nothing of one release stays on the page of another.
  return (
    <AddressedPage key={Object.values(address).join()} address={address} />
  );
}

function AddressedPage({ address }: { address: HelmReleaseAddress }) {
  const { cluster, namespace, release } = address;
  const t = useText();
  const api = useApi(berthApiRef);
  const list = useRouteRef(helmRouteRef);
  const polled = usePolled({
    key: ['release', address],
    load: () => api.getRelease(address),
    every: intervalFor,
  });
  const { '*': path = '' } = useParams();
  const [first] = path.split('/');
  const tab: ReleaseTab = isReleaseTab(first) ? first : 'overview';
  const breadcrumbs = [{ label: t('helm.title'), href: list() }];
  usePageTitle(
    ...(tab === 'overview' ? [] : [t(`helm.tab.${tab}`)]),
    release,
    t('pageTitle.namespace', { namespace, cluster }),
    t('helm.title'),
  );
  return (
    <DetailPage
      title={release}
      breadcrumbs={breadcrumbs}
      polled={polled}
      problem={
        <ProblemWithExplanation
          error={polled.error}
          onRetry={polled.refresh}
          retrying={polled.refreshing}
          cluster={cluster}
          namespace={namespace}
        />
      }
      gone={() => (
        <Notice
          icon={RiInboxUnarchiveLine}
          title={t('helm.gone.title', { release })}
          actions={
            <ButtonLink variant="secondary" href={list()}>
              {t('helm.gone.back')}
            </ButtonLink>
          }
        >
          <Text color="secondary">{t('helm.gone.hint')}</Text>
        </Notice>
      )}
      header={view => (
        <ReleaseHeader
          address={address}
          view={view}
          tab={tab}
          polled={polled}
          breadcrumbs={breadcrumbs}
        />
      )}
    >
      {view => (
        <div className={pageStyles.tab}>
          <ReleaseTabs address={address} view={view} />
        </div>
      )}
    </DetailPage>
  );
}

function ReleaseTabs(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
}) {
  const { view } = props;
  const ofSecret = (element: JSX.Element) =>
    view.source === 'objects' ? <UnreadableRelease {...props} /> : element;
  return (
    <Routes>
      <Route path="/history" element={ofSecret(<HistoryTab {...props} />)} />
      <Route path="/values" element={ofSecret(<ValuesTab {...props} />)} />
      <Route path="/manifest" element={ofSecret(<ManifestTab {...props} />)} />
      <Route path="/drift" element={ofSecret(<DriftTab {...props} />)} />
      <Route
        path="/operations"
        element={<OperationsTab address={props.address} />}
      />
      <Route path="*" element={<OverviewTab {...props} />} />
    </Routes>
  );
}

function intervalFor(view?: HelmReleaseView): number {
  return view?.status.startsWith('pending') || view?.status === 'uninstalling'
    ? INTERVAL_WHILE_MOVING
    : INTERVAL;
}
