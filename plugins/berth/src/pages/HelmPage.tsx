import { Container, Header } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ChartList, RepositoryList } from '../features/charts';
import { ReleaseList } from '../features/helm';
import { useText } from '../kit';
import { usePageTitle } from '../kit/hooks';
import { chartsRouteRef, helmRouteRef, repositoriesRouteRef } from '../routes';

const CONTENT = {
  releases: ReleaseList,
  charts: ChartList,
  repositories: RepositoryList,
};

/** Shows Helm releases, or the charts and repositories that releases come from. */
export function HelmPage({ tab }: { tab: keyof typeof CONTENT }) {
  const t = useText();
  const links = {
    releases: useRouteRef(helmRouteRef)(),
    charts: useRouteRef(chartsRouteRef)(),
    repositories: useRouteRef(repositoriesRouteRef)(),
  };
  const titles = {
    releases: t('helm.title'),
    charts: t('charts.title'),
    repositories: t('repositories.title'),
  };
  usePageTitle(titles[tab]);
  const Content = CONTENT[tab];
  return (
    <>
      <Header
        title={titles[tab]}
        tabs={(['releases', 'charts', 'repositories'] as const).map(id => ({
          id,
          label: t(`helmTab.${id}`),
          href: links[id],
        }))}
        activeTabId={tab}
      />
      <Container>
        <Content />
      </Container>
    </>
  );
}
