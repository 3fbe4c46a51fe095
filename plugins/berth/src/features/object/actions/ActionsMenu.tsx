import { useEffect, useRef, useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Text } from '@backstage/ui';
import { RiArrowDownSLine } from '@remixicon/react';
import { useNavigate } from 'react-router-dom';
import {
  ObjectAddress,
  ObjectView,
  RelatedObject,
} from '@berth/plugin-berth-common';
import { mayDiscard, useText } from '../../../kit';
import { textAt } from '../reading';
import styles from './actions.module.css';
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
  const trigger = useRef<HTMLButtonElement>(null);
  useFocusAfter(open !== undefined, trigger);
  const kind = textAt(view.object, 'kind') ?? address.plural;

  const start = (action: ActionId) => {
    if (actions.reasonOf(action) !== undefined) {
      return;
    }
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
    <>
      <MenuTrigger>
        <Button
          ref={trigger}
          variant="secondary"
          iconEnd={<RiArrowDownSLine />}
          aria-label={t('object.actions.label', { kind, name: address.name })}
        >
          {t('object.actions.button')}
        </Button>
        <Menu onAction={key => start(key as ActionId)}>
          {actions.ids.map(action => {
            const reason = actions.reasonOf(action);
            return (
              /* A disabled item could not be reached by keyboard, and nobody would hear the reason. */
              <MenuItem
                key={action}
                id={action}
                textValue={t(`object.actions.${action}`)}
                className={action === 'delete' ? styles.danger : undefined}
              >
                {reason === undefined ? (
                  t(`object.actions.${action}`)
                ) : (
                  <span className={styles.disabled}>
                    {t(`object.actions.${action}`)}
                    <Text as="p" variant="body-x-small" color="secondary">
                      {t('object.actions.unavailable', { reason })}
                    </Text>
                  </span>
                )}
              </MenuItem>
            );
          })}
        </Menu>
      </MenuTrigger>
      {open === 'scale' && (
        <ScaleDialog
          view={view}
          related={related ?? []}
          act={actions.act}
          onClose={close}
        />
      )}
      {open === 'changeMig' && (
        <MigDialog address={address} act={actions.act} onClose={close} />
      )}
      {open === 'delete' && (
        <DeleteDialog
          address={address}
          kind={kind}
          uid={actions.uid}
          related={related}
          onDeleted={() => mayDiscard() && navigate(paths.afterDeletion)}
          onClose={close}
        />
      )}
      {open && isSimple(open) && (
        <SimpleDialog
          action={open}
          address={address}
          act={actions.act}
          onClose={close}
        />
      )}
    </>
  );
}

/** Gives the focus back after a dialog, which cannot: the item of the menu that opened the dialog is gone by then. */
function useFocusAfter(
  isOpen: boolean,
  target: { readonly current: HTMLElement | null },
) {
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) {
          target.current?.focus();
        }
      });
    }
    wasOpen.current = isOpen;
  }, [isOpen, target]);
}
