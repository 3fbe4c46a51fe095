import { Container, Header } from '@backstage/ui';
import { useText } from '../../kit';
import { usePageTitle } from '../../kit/hooks';
import { ReleaseList } from './list/ReleaseList';

/** Lists the Helm releases on all clusters, as the signed-in person may see them. */
export function ReleasesPage() {
  const t = useText();
  usePageTitle(t('helm.title'));
  return (
    <>
      <Header title={t('helm.title')} />
      <Container>
        <ReleaseList />
      </Container>
    </>
  );
}
