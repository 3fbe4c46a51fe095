import { FormEvent } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import {
  ActionButton,
  ProblemAlert,
  useNotify,
  useText,
  useUnsavedChanges,
} from '../../../kit';
import { EditFields } from './EditFields';
import { NamespaceConflictAlert } from './NamespaceConflictAlert';
import styles from './NamespaceEditor.module.css';
import { NamespaceEffects } from './NamespaceEffects';
import { useNamespaceEditor } from './useNamespaceEditor';

const WIDTH = 640;
const FORM_ID = 'berth-edit-namespace';

/** Changes who owns a namespace, which system it is part of and what it is for. */
export function EditNamespaceDialog(props: {
  /** As it was when the dialog opened. */
  namespace: ManagedNamespace;
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { namespace, onClose, onSaved } = props;
  const { cluster, name, home } = namespace;
  const t = useText();
  const notify = useNotify();
  const editing = useNamespaceEditor(namespace);
  const { before, values, theirs, errors } = editing;
  const mayDiscard = useUnsavedChanges(editing.isChanged);
  const disabledReason = reasonNotTo();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!disabledReason && !editing.saving && (await editing.save())) {
      notify({
        message: t('editNamespace.saved', { name }),
      });
      onClose();
      await onSaved();
    }
  };

  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && mayDiscard() && onClose()}
      width={WIDTH}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>{t('editNamespace.title', { name, cluster })}</DialogHeader>
      <DialogBody>
        <form id={FORM_ID} onSubmit={submit} noValidate className={styles.form}>
          {theirs && (
            <NamespaceConflictAlert
              before={before}
              theirs={theirs}
              onKeep={editing.keepMine}
              onTake={editing.takeTheirs}
            />
          )}
          <EditFields editing={editing} home={home} />
          <NamespaceEffects before={before} after={values} />
          {errors.rest !== undefined && (
            <ProblemAlert
              error={errors.rest}
              title={t('editNamespace.failed')}
            />
          )}
        </form>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          type="submit"
          form={FORM_ID}
          variant="primary"
          isPending={editing.saving}
          disabledReason={disabledReason}
        >
          {t('editNamespace.action')}
        </ActionButton>
      </DialogFooter>
    </Dialog>
  );

  function reasonNotTo(): string | undefined {
    if (theirs) {
      return t('editNamespace.conflict.undecided');
    }
    return editing.isChanged ? undefined : t('editNamespace.unchanged');
  }
}
