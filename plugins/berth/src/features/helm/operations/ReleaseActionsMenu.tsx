import { useState } from 'react';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { useNavigate } from 'react-router-dom';
import { ActionMenu, useReleaseHref, useText } from '../../../kit';
import { RollBackDialog } from './RollBackDialog';
import { TestDialog } from './TestDialog';
import { UninstallDialog } from './UninstallDialog';
import { UnlockDialog } from './UnlockDialog';
import { ReleaseAction, useReleaseActions } from './useReleaseActions';

const DIALOGS = {
  rollBack: RollBackDialog,
  test: TestDialog,
  unlock: UnlockDialog,
  uninstall: UninstallDialog,
} satisfies Record<Exclude<ReleaseAction, 'upgrade' | 'elsewhere'>, unknown>;

/** The actions on a release. One that is disabled stays in the menu, with the reason. */
export function ReleaseActionsMenu(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
}) {
  const { address, view } = props;
  const t = useText();
  const navigate = useNavigate();
  const base = useReleaseHref()(address);
  const { ids, reasonOf } = useReleaseActions(address, view);
  const [open, setOpen] = useState<keyof typeof DIALOGS>();
  const Opened = open && DIALOGS[open];
  return (
    <ActionMenu
      button={t('object.actions.button')}
      label={t('helm.actions.label', { release: address.release })}
      actions={ids.map(id => ({
        id,
        label: t(`helm.actions.${id}`),
        disabledReason: reasonOf(id),
        isDangerous: id === 'uninstall',
      }))}
      onAction={id =>
        id === 'upgrade' || id === 'elsewhere'
          ? navigate(`${base}/${id}`)
          : setOpen(id)
      }
    >
      {Opened && (
        <Opened
          address={address}
          view={view}
          onClose={() => setOpen(undefined)}
        />
      )}
    </ActionMenu>
  );
}
