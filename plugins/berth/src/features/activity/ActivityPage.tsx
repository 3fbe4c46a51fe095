import { Container, Header } from '@backstage/ui';
import { usePageTitle } from '../../kit/hooks';
import { ActivityTab } from '.';
import { useText } from '../../kit';

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
