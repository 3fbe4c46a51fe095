import { ButtonLink, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { RiLockLine } from '@remixicon/react';
import { newRequestSearch, Notice, useText } from '../../../kit';
import { newRequestRouteRef } from '../../../routes';

/** Explains why a person sees only the objects of a release, and what to do. */
export function UnreadableRelease(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
}) {
  const { address, view } = props;
  const { cluster, namespace } = address;
  const { roleHelps = true } = view;
  const t = useText();
  const newRequest = useRouteRef(newRequestRouteRef);
  const search = newRequestSearch({ kind: 'grant', cluster, namespace });
  return (
    <Notice
      role="status"
      icon={RiLockLine}
      title={t('helm.unreadable.title')}
      actions={
        roleHelps && (
          <ButtonLink variant="secondary" href={`${newRequest()}${search}`}>
            {t('helm.unreadable.request')}
          </ButtonLink>
        )
      }
    >
      {view.unreadable && <Text>{view.unreadable}</Text>}
      {roleHelps && <Text color="secondary">{t('helm.unreadable.next')}</Text>}
    </Notice>
  );
}
