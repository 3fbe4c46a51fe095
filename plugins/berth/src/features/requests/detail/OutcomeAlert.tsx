import { useState } from 'react';
import { Alert, ButtonLink, Flex } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { AccessRequest } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { useAccess } from '../../../kit/hooks';
import { usePolled } from '../../../kit/query';
import { namespaceRouteRef, newRequestRouteRef } from '../../../routes';
import { newRequestSearch, useText } from '../../../kit';
import { KubeconfigButton } from '../../../kit/kubeconfig/KubeconfigButton';
import { KubeconfigDialog } from '../../../kit/kubeconfig/KubeconfigDialog';
import { entryOf } from '../../../kit/kubeconfig/entry';

/** Shows the result of a finished request: a link to the namespace, or the reason for the failure. */
export function OutcomeAlert({ request }: { request: AccessRequest }) {
  const { state, steps } = request;
  const t = useText();
  const reason = steps[steps.length - 1]?.reason;
  if (state === 'Ready') {
    return request.gone ? (
      <Alert
        role="status"
        status="warning"
        icon
        title={t('request.gone', { namespace: request.spec.namespace })}
        customActions={<NewRequestLink request={request} />}
      />
    ) : (
      <ReadyAlert request={request} />
    );
  }
  if (state === 'Failed' || state === 'Denied') {
    return (
      <Alert
        role="status"
        status={state === 'Failed' ? 'danger' : 'warning'}
        icon
        title={t(`request.outcome.${state}`)}
        description={reason}
        customActions={<NewRequestLink request={request} />}
      />
    );
  }
  return null;
}

/** Links to the form, filled with the place and group of a request, so that a person can choose another name. */
function NewRequestLink({ request }: { request: AccessRequest }) {
  const t = useText();
  const newRequest = useRouteRef(newRequestRouteRef);
  const { spec, requester } = request;
  const { value: access } = useAccess();
  if (access?.user !== requester) {
    return null;
  }
  const search = newRequestSearch({
    kind: spec.kind,
    cluster: spec.cluster,
    namespace: spec.namespace,
    ...(spec.kind !== 'quota' && { group: spec.group }),
    ...(spec.kind === 'grant' && { role: spec.role }),
  });
  return (
    <ButtonLink variant="secondary" href={`${newRequest()}${search}`}>
      {t('request.action.again')}
    </ButtonLink>
  );
}

function ReadyAlert({ request }: { request: AccessRequest }) {
  const { cluster: name, namespace, kind } = request.spec;
  const t = useText();
  const route = useRouteRef(namespaceRouteRef);
  const { value: access } = useAccess();
  const api = useApi(berthApiRef);
  const { value: cluster } = usePolled({
    key: ['cluster', name],
    load: () => api.getCluster(name),
  });
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
