import { Container, Header } from '@backstage/ui';
import { ActivityTab } from '../Activity';
import { useText } from '../common';

/** Who did what, anywhere: admins see all, others what concerns them. */
export function ActivityPage() {
  const t = useText();
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
