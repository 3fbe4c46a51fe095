import { ReactNode } from 'react';
import { Header, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { DetailPage, useReleaseHref, useText } from '../../../kit';
import { ProblemWithExplanation } from '../../../kit/explain/AccessExplanationPanel';
import { usePageTitle } from '../../../kit/hooks';
import pageStyles from '../../../kit/page.module.css';
import { Polled, usePolled } from '../../../kit/query';
import { helmRouteRef } from '../../../routes';
import { chartText } from '../list/select';
import { UnreadableRelease } from './UnreadableRelease';

/** A release of which the page knows the revision. */
export interface ChangedRelease {
  view: HelmReleaseView;
  revision: number;
  polled: Polled<HelmReleaseView>;
}

/** A page on which a person prepares a change of a release. The person must be able to read what Helm stored. */
export function ReleaseChangePage(props: {
  address: HelmReleaseAddress;
  title: string;
  /** The title of the browser's tab, but for the place of the release. */
  tabTitle: string[];
  description: string;
  /** Milliseconds between two reads of the release; it is read once by default. */
  every?: number;
  children: (release: ChangedRelease) => ReactNode;
}) {
  const { address, title, tabTitle, description, every, children } = props;
  const { cluster, namespace, release } = address;
  const t = useText();
  const api = useApi(berthApiRef);
  const list = useRouteRef(helmRouteRef);
  const polled = usePolled({
    key: ['release', address],
    load: () => api.getRelease(address),
    every,
  });
  const breadcrumbs = [
    { label: t('helm.title'), href: list() },
    { label: release, href: useReleaseHref()(address) },
  ];
  usePageTitle(
    ...tabTitle,
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
              {description}
            </Text>
            {children({ view, revision: view.revision, polled })}
          </div>
        )
      }
    </DetailPage>
  );
}
