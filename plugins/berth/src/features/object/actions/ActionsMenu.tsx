import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  ObjectAddress,
  ObjectView,
  RelatedObject,
} from '@berth/plugin-berth-common';
import { ActionMenu, mayDiscard, useText } from '../../../kit';
import { textAt } from '../reading';
import { ActionId } from './actions';
import { DeleteDialog } from './DeleteDialog';
import { MigDialog } from './MigDialog';
import { ScaleDialog } from './ScaleDialog';
import { isSimple, SimpleDialog } from './SimpleDialog';
import { ObjectActions } from './useObjectActions';

/** The actions on an object. One that is disabled stays in the menu, with the reason. */
export function ActionsMenu(props: {
  address: ObjectAddress;
  view: ObjectView;
  related?: RelatedObject[];
  actions: ObjectActions;
  /** The pages to which some actions lead. */
  paths: { yaml: string; revisions: string; afterDeletion: string };
}) {
  const { address, view, related, actions, paths } = props;
  const t = useText();
  const navigate = useNavigate();
  const [open, setOpen] = useState<ActionId>();
  const close = () => setOpen(undefined);
  const kind = textAt(view.object, 'kind') ?? address.plural;

  const start = (action: ActionId) => {
    if (action === 'edit') {
      navigate(`${paths.yaml}?edit`);
    } else if (action === 'rollBack') {
      if (mayDiscard()) {
        navigate(paths.revisions);
      }
    } else {
      setOpen(action);
    }
  };

  return (
    <ActionMenu
      button={t('object.actions.button')}
      label={t('object.actions.label', { kind, name: address.name })}
      actions={actions.ids.map(id => ({
        id,
        label: t(`object.actions.${id}`),
        disabledReason: actions.reasonOf(id),
        isDangerous: id === 'delete',
      }))}
      onAction={start}
    >
      {open && dialogOf(open)}
    </ActionMenu>
  );

  function dialogOf(action: ActionId) {
    switch (action) {
      case 'scale':
        return (
          <ScaleDialog
            view={view}
            related={related ?? []}
            act={actions.act}
            onClose={close}
          />
        );
      case 'changeMig':
        return (
          <MigDialog address={address} act={actions.act} onClose={close} />
        );
      case 'delete':
        return (
          <DeleteDialog
            address={address}
            kind={kind}
            uid={actions.uid}
            related={related}
            onDeleted={() => mayDiscard() && navigate(paths.afterDeletion)}
            onClose={close}
          />
        );
      default:
        return (
          isSimple(action) && (
            <SimpleDialog
              action={action}
              address={address}
              act={actions.act}
              onClose={close}
            />
          )
        );
    }
  }
}
