import { Header } from '@backstage/ui';
import { useText } from '../common';

/** All clusters that the caller may see, problems first. */
export function ClustersPage() {
  const t = useText();
  return <Header title={t('clusters.title')} />;
}
