import { useMemo } from 'react';
import { Container, Header, Skeleton } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { useAccess, usePageTitle } from '../../../kit/hooks';
import { isKubectlOff, useKubectlPortal } from '../../../kit/kubectl';
import { ProblemNotice, useText } from '../../../kit';
import { KubectlOff } from '../KubectlOff';
import { Confirmation } from './Confirmation';
import { ConnectedDevice } from './ConnectedDevice';
import { ConnectLink, parseConnectLink } from './connectLink';
import { refusalOf } from './refusal';
import {
  BadLink,
  Declined,
  InFrame,
  NeedsHttps,
  NotAllowed,
  UsedLink,
} from './outcomes';
import { useConnection } from './useConnection';
import { canComputeWords, useKeyWords } from './useKeyWords';

/** Asks the person whether kubectl on a computer may work as them. The link to it comes from `kubectl berth login`. */
export function ConnectPage() {
  const t = useText();
  usePageTitle(t('connect.title'));
  const [parameters] = useSearchParams();
  const link = useMemo(() => parseConnectLink(parameters), [parameters]);
  return (
    <>
      <Header title={t('connect.title')} />
      <Container>{content()}</Container>
    </>
  );

  function content() {
    // A page around this one could hide the question and lead the person's click to the button.
    if (window.top !== window.self) {
      return <InFrame />;
    }
    if (!link) {
      return <BadLink />;
    }
    if (!canComputeWords()) {
      return <NeedsHttps />;
    }
    // Another link is another question.
    return <Question key={parameters.toString()} link={link} />;
  }
}

function Question({ link }: { link: ConnectLink }) {
  const access = useAccess();
  const portal = useKubectlPortal();
  const words = useKeyWords(link.request.publicKey);
  const connection = useConnection(link);
  const { connected, declined, error } = connection;
  if (connected) {
    return <ConnectedDevice link={link} connected={connected} />;
  }
  if (declined) {
    return <Declined />;
  }
  const refusal = refusalOf(error);
  switch (refusal) {
    case 'off':
      return <KubectlOff />;
    case 'used':
      return <UsedLink />;
    case 'invalid':
      return <BadLink />;
    case 'forbidden':
      return <NotAllowed error={error} />;
    default:
  }
  if (isKubectlOff(portal.error)) {
    return <KubectlOff />;
  }
  const failed = [access, portal].find(
    polled => polled.error !== undefined && !polled.value,
  );
  if (failed) {
    return (
      <ProblemNotice
        error={failed.error}
        onRetry={failed.refresh}
        retrying={failed.refreshing}
      />
    );
  }
  if (!access.value || !portal.value || !words) {
    return <Skeleton width="100%" height={320} />;
  }
  return (
    <Confirmation
      link={link}
      user={access.value.user}
      words={words}
      signInLifetime={portal.value.signInLifetime}
      connection={connection}
      refusal={refusal}
    />
  );
}
