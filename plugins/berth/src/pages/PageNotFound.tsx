import { ButtonLink, Container, Header, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiQuestionLine } from '@remixicon/react';
import { usePageTitle } from '../kit/hooks';
import { mineRouteRef } from '../routes';
import { Notice, useText } from '../kit';

/** For an address below Berth's root that leads nowhere. */
export function PageNotFound() {
  const t = useText();
  const mine = useRouteRef(mineRouteRef);
  usePageTitle(t('notFound.title'));
  return (
    <>
      <Header title={t('notFound.title')} />
      <Container>
        <Notice
          icon={RiQuestionLine}
          title={t('notFound.description')}
          actions={
            <ButtonLink variant="secondary" href={mine()}>
              {t('namespaces.toMine')}
            </ButtonLink>
          }
        >
          <Text color="secondary">{t('notFound.next')}</Text>
        </Notice>
      </Container>
    </>
  );
}
