import { Container, Header } from '@backstage/ui';
import { usePageTitle } from '../../hooks';
import { ActivityTab } from '../Activity';
import { useText } from '../common';

/** Who did what, anywhere: admins see all, others what concerns them. */
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
