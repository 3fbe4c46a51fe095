import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { RiUserAddLine } from '@remixicon/react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import { ActionButton, useReadOnlyReason, useText } from '../../../kit';
import { usePolled } from '../../../kit/query';
import { namespaceRouteRef } from '../../../routes';
import { PersonalNamespaceDialog } from './PersonalNamespaceDialog';

/** The configuration changes with a restart of the portal only. */
const INTERVAL = 10 * 60_000;
const PARAMETER = 'personal';

/**
 * Opens the form with which an admin creates the personal namespace of another person. It is offered to admins who can
 * have one themselves. An address with the person, as *Mine* gives it to that person, opens it for all admins.
 */
export function PersonalNamespaceButton() {
  const t = useText();
  const api = useApi(berthApiRef);
  const navigate = useNavigate();
  const route = useRouteRef(namespaceRouteRef);
  const readOnly = useReadOnlyReason();
  const [parameters, setParameters] = useSearchParams();
  const user = parameters.get(PARAMETER);
  const { value } = usePolled({
    key: ['personalNamespaces'],
    load: () => api.listPersonalNamespaces(),
    every: INTERVAL,
  });
  const setOpen = (open: boolean) => {
    const changed = new URLSearchParams(parameters);
    if (open) {
      changed.set(PARAMETER, '');
    } else {
      changed.delete(PARAMETER);
    }
    setParameters(changed, { replace: !open });
  };
  return (
    <>
      {Boolean(value?.totalItems) && (
        <ActionButton
          variant="secondary"
          iconStart={<RiUserAddLine />}
          onPress={() => setOpen(true)}
          disabledReason={readOnly}
        >
          {t('personalNamespace.open')}
        </ActionButton>
      )}
      {user !== null && !readOnly && (
        <PersonalNamespaceDialog
          user={user}
          cluster={parameters.get('cluster') ?? undefined}
          onClose={() => setOpen(false)}
          onCreated={made =>
            // Back leads to the list and not to the form, which has an address.
            navigate(route({ name: made.cluster, namespace: made.name }), {
              replace: true,
            })
          }
        />
      )}
    </>
  );
}
