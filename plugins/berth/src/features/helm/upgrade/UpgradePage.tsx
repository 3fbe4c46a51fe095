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
import { Polled, usePolled } from '../../../kit/query';
import { helmRouteRef } from '../../../routes';
import { UnreadableRelease } from '../release/UnreadableRelease';
import { chartText } from '../list/select';
import { useReleaseActions } from '../operations/useReleaseActions';
import { UpgradeEditor } from './UpgradeEditor';
import { useUpgradeBase } from './useUpgrade';

const INTERVAL = 20_000;

/** Changes the values of a release: the person sees what an upgrade would do before it starts. */
export function UpgradePage() {
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
  const base = useReleaseHref()(address);
  const polled = usePolled({
    key: ['release', address],
    load: () => api.getRelease(address),
    every: INTERVAL,
  });
  const title = t('helm.upgrade.title', { release });
  const breadcrumbs = [
    { label: t('helm.title'), href: list() },
    { label: release, href: base },
  ];
  usePageTitle(
    title,
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
      header={({ chart, revision }) => (
        <Header
          title={title}
          breadcrumbs={breadcrumbs}
          metadata={[
            ...(chart
              ? [{ label: t('helm.column.chart'), value: chartText(chart) }]
              : []),
            ...(revision === undefined
              ? []
              : [
                  {
                    label: t('helm.column.revision'),
                    value: String(revision),
                  },
                ]),
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
              {t('helm.upgrade.description')}
            </Text>
            <Editor
              address={address}
              view={view}
              revision={view.revision}
              polled={polled}
            />
          </div>
        )
      }
    </DetailPage>
  );
}

function Editor(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
  revision: number;
  polled: Polled<HelmReleaseView>;
}) {
  const { address, view, revision, polled } = props;
  const t = useText();
  const base = useUpgradeBase(address, revision);
  const { reasonOf } = useReleaseActions(address, view);
  return (
    <Loaded
      polled={base}
      title={t('helm.values.failed')}
      height={400}
      render={value => (
        <UpgradeEditor
          address={address}
          base={value}
          view={view}
          release={polled}
          disabledReason={reasonOf('upgrade')}
        />
      )}
    />
  );
}
