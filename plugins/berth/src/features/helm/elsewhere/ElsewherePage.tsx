import { Header, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  DetailPage,
  Loaded,
  useReleaseAddress,
  useReleaseHref,
  useText,
} from '../../../kit';
import { ProblemWithExplanation } from '../../../kit/explain/AccessExplanationPanel';
import { usePageTitle } from '../../../kit/hooks';
import pageStyles from '../../../kit/page.module.css';
import { usePolled } from '../../../kit/query';
import { helmRouteRef } from '../../../routes';
import { chartText } from '../list/select';
import { useReleaseActions } from '../operations/useReleaseActions';
import { UnreadableRelease } from '../release/UnreadableRelease';
import { useUpgradeBase } from '../upgrade/useUpgrade';
import { Elsewhere } from './Elsewhere';

/** Installs a release on other clusters: each target has values, a check and an operation of its own. */
export function ElsewherePage() {
  const address = useReleaseAddress();
  // Nothing that a person entered for one release may move on to another.
  return (
    <AddressedPage key={Object.values(address).join()} address={address} />
  );
}

function AddressedPage({ address }: { address: HelmReleaseAddress }) {
  const { cluster, namespace, release } = address;
  const t = useText();
  const api = useApi(berthApiRef);
  const list = useRouteRef(helmRouteRef);
  const href = useReleaseHref()(address);
  const polled = usePolled({
    key: ['release', address],
    load: () => api.getRelease(address),
  });
  const title = t('helm.elsewhere.title');
  const breadcrumbs = [
    { label: t('helm.title'), href: list() },
    { label: release, href },
  ];
  usePageTitle(
    title,
    release,
    t('pageTitle.namespace', { namespace, cluster }),
    t('helm.title'),
  );
  return (
    <DetailPage
      title={title}
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
      header={({ chart }) => (
        <Header
          title={title}
          breadcrumbs={breadcrumbs}
          metadata={[
            ...(chart
              ? [{ label: t('helm.column.chart'), value: chartText(chart) }]
              : []),
            { label: t('helm.column.namespace'), value: namespace },
            { label: t('helm.column.cluster'), value: cluster },
          ]}
        />
      )}
    >
      {view =>
        view.source === 'objects' || view.revision === undefined ? (
          <UnreadableRelease address={address} view={view} />
        ) : (
          <div className={pageStyles.tab}>
            <Text as="p" color="secondary">
              {t('helm.elsewhere.description')}
            </Text>
            <WithValues
              address={address}
              view={view}
              revision={view.revision}
            />
          </div>
        )
      }
    </DetailPage>
  );
}

function WithValues(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
  revision: number;
}) {
  const { address, view, revision } = props;
  const t = useText();
  const base = useUpgradeBase(address, revision);
  const { reasonOf } = useReleaseActions(address, view);
  return (
    <Loaded
      polled={base}
      title={t('helm.values.failed')}
      height={400}
      render={value => (
        <Elsewhere
          original={{
            ...{ address, revision: value.revision },
            ...{ values: value.yaml, hidesValues: value.hidesValues },
          }}
          view={view}
          disabledReason={reasonOf('elsewhere')}
        />
      )}
    />
  );
}
