import { ButtonLink } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiAddLine } from '@remixicon/react';
import { useAccess } from '../../../kit/hooks';
import { addClusterRouteRef } from '../../../routes';
import { ActionButton, useText } from '../../../kit';

/** The way to the form, for admins; for others a reason why not. */
export function AddClusterButton() {
  const t = useText();
  const addCluster = useRouteRef(addClusterRouteRef);
  const { value: access } = useAccess();
  if (access?.admin) {
    return (
      <ButtonLink
        variant="primary"
        href={addCluster()}
        iconStart={<RiAddLine />}
      >
        {t('clusters.add')}
      </ButtonLink>
    );
  }
  return (
    <ActionButton
      variant="primary"
      iconStart={<RiAddLine />}
      disabledReason={
        access ? t('clusters.addForbidden') : t('clusters.addUnknown')
      }
    >
      {t('clusters.add')}
    </ActionButton>
  );
}
