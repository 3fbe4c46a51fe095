import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { ActionButton, ProblemAlert, useNotify, useText } from '../../../kit';
import { useEditForm } from '../../../kit/form';
import { assertTag } from '../../../kit/format';
import { EditFields } from './EditFields';
import { NamespaceConflictAlert } from './NamespaceConflictAlert';
import styles from './NamespaceEditor.module.css';
import { NamespaceEffects } from './NamespaceEffects';
import {
  changedFields,
  mergeValues,
  NamespaceValues,
  namespaceSchema,
  requestOf,
  valuesOf,
} from './namespaceEdit';

const WIDTH = 640;
const FORM_ID = 'berth-edit-namespace';

/** Edits the owner, the system and the purpose of a namespace. */
export function EditNamespaceDialog(props: {
  /** The namespace when the dialog opened. */
  namespace: ManagedNamespace;
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { namespace, onClose, onSaved } = props;
  const { cluster, name, home } = namespace;
  const t = useText();
  const notify = useNotify();
  const api = useApi(berthApiRef);
  const address = { cluster, namespace: name };
  const form = useEditForm<ManagedNamespace, NamespaceValues>({
    seen: namespace,
    schema: namespaceSchema,
    valuesOf,
    isSame: (one, other) => changedFields(one, other).length === 0,
    merge: mergeValues,
    load: () => api.getNamespace(address),
    save: (after, base) => {
      const { etag } = base;
      assertTag(etag);
      const request = requestOf(valuesOf(base), after);
      return api.updateNamespace(address, request, { etag });
    },
  });
  const { conflict, values } = form;
  const before = valuesOf(form.base);
  const disabledReason = reasonNotTo();

  const save = async () => {
    if (!disabledReason && (await form.save())) {
      notify({ message: t('editNamespace.saved', { name }) });
      onClose();
      await onSaved();
    }
  };

  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && form.mayDiscard() && onClose()}
      width={WIDTH}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>{t('editNamespace.title', { name, cluster })}</DialogHeader>
      <DialogBody>
        <form id={FORM_ID} className={styles.form} {...form.formProps(save)}>
          {conflict && (
            <NamespaceConflictAlert
              before={before}
              theirs={valuesOf(conflict.theirs)}
              onKeep={form.keepMine}
              onTake={form.discard}
            />
          )}
          <EditFields form={form} home={home} />
          <NamespaceEffects before={before} after={values} />
          {form.failure !== undefined && (
            <ProblemAlert
              error={form.failure}
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
          isPending={form.formState.isSubmitting}
          disabledReason={disabledReason}
        >
          {t('editNamespace.action')}
        </ActionButton>
      </DialogFooter>
    </Dialog>
  );

  function reasonNotTo(): string | undefined {
    if (conflict) {
      return t('editNamespace.conflict.undecided');
    }
    return form.isChanged ? undefined : t('editNamespace.unchanged');
  }
}
