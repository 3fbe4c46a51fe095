import { ButtonLink, Container, Header, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiLockLine } from '@remixicon/react';
import {
  readsEverything,
  useAccess,
  useOpenInAddress,
  usePageTitle,
} from '../../../kit/hooks';
import { mineRouteRef } from '../../../routes';
import { Notice, ProblemNotice, useText } from '../../../kit';
import { PersonalNamespaceButton } from '../create/PersonalNamespaceButton';
import { CreateNamespaceButton, NamespacesList } from './NamespacesList';

/** Lists all namespaces, for platform admins and auditors. */
export function NamespacesPage() {
  const t = useText();
  usePageTitle(t('namespaces.title'));
  const mine = useRouteRef(mineRouteRef);
  const { value: access, error, refresh } = useAccess();
  if (readsEverything(access)) {
    return <AllNamespaces />;
  }
  return (
    <>
      <Header title={t('namespaces.title')} />
      <Container>
        {access && (
          <Notice
            icon={RiLockLine}
            title={t('namespaces.adminOnly')}
            actions={
              <ButtonLink variant="secondary" href={mine()}>
                {t('namespaces.toMine')}
              </ButtonLink>
            }
          >
            <Text color="secondary">{t('namespaces.adminOnlyNext')}</Text>
          </Notice>
        )}
        {!access && error !== undefined && (
          <ProblemNotice error={error} onRetry={refresh} />
        )}
      </Container>
    </>
  );
}

function AllNamespaces() {
  const t = useText();
  const [creating, setCreating] = useOpenInAddress('create');
  return (
    <>
      <Header
        title={t('namespaces.title')}
        customActions={
          <>
            <PersonalNamespaceButton />
            <CreateNamespaceButton onPress={() => setCreating(true)} />
          </>
        }
      />
      <Container>
        <NamespacesList creating={creating} onCreating={setCreating} />
      </Container>
    </>
  );
}
