import { useCallback, useState } from 'react';
import { Alert, ButtonLink, Flex } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { AccessRequest } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { useAccess, usePolling } from '../../hooks';
import { namespaceRouteRef } from '../../routes';
import { KubeconfigButton, KubeconfigDialog } from '../Kubeconfig';
import { entryOf } from '../Kubeconfig/entry';
import { useText } from '../common';

/** What came of a request, where something did: the way in, or why there is none. */
export function OutcomeAlert({ request }: { request: AccessRequest }) {
  const { state, steps } = request;
  const t = useText();
  const reason = steps[steps.length - 1]?.reason;
  if (state === 'Ready') {
    return <ReadyAlert request={request} />;
  }
  if (state === 'Failed' || state === 'Denied') {
    return (
      <Alert
        role="status"
        status={state === 'Failed' ? 'danger' : 'warning'}
        icon
        title={t(`request.outcome.${state}`)}
        description={reason}
      />
    );
  }
  return null;
}

function ReadyAlert({ request }: { request: AccessRequest }) {
  const { cluster: name, namespace, kind } = request.ask;
  const t = useText();
  const route = useRouteRef(namespaceRouteRef);
  const { value: access } = useAccess();
  const api = useApi(berthApiRef);
  const load = useCallback(() => api.getCluster(name), [api, name]);
  const { value: cluster } = usePolling(load, () => undefined);
  const [kubeconfig, setKubeconfig] = useState(false);
  return (
    <>
      <Alert
        role="status"
        status="success"
        icon
        title={t(`request.ready.${kind}`)}
        customActions={
          <Flex gap="2">
            <ButtonLink variant="secondary" href={route({ name, namespace })}>
              {t('request.action.openNamespace')}
            </ButtonLink>
            {cluster &&
              kind !== 'quota' &&
              entryOf(cluster, access).allowed && (
                <KubeconfigButton
                  cluster={cluster}
                  onOpen={() => setKubeconfig(true)}
                />
              )}
          </Flex>
        }
      />
      {kubeconfig && cluster && (
        <KubeconfigDialog
          cluster={cluster}
          namespace={namespace}
          onClose={() => setKubeconfig(false)}
        />
      )}
    </>
  );
}
