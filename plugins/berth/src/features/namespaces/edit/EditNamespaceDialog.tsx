import { useState } from 'react';
import { Button } from '@backstage/ui';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { useApi } from '@backstage/core-plugin-api';
import { useNotify, useText } from '../../../kit';
import { berthApiRef } from '../../../api';
import { FormDialog, useEditForm } from '../../../kit/form';
import { assertTag } from '../../../kit/format';
import { EditFields } from './EditFields';
import { NamespaceConflictAlert, NamespaceEffects } from './NamespaceChanges';
import {
  changedFields,
  mergeValues,
  namespaceSchema,
  NamespaceValues,
  requestOf,
  valuesOf,
} from './namespaceEdit';

/** Opens the dialog that edits owner, system and purpose of a namespace. */
export function EditNamespaceButton(props: {
  namespace: ManagedNamespace;
  onSaved: () => Promise<void>;
}) {
  const { namespace, onSaved } = props;
  const t = useText();
  const [opened, setOpened] = useState<ManagedNamespace>();
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        onPress={() => setOpened(namespace)}
      >
        {t('editNamespace.open')}
      </Button>
      {opened && (
        <EditNamespaceDialog
          namespace={opened}
          onClose={() => setOpened(undefined)}
          onSaved={onSaved}
        />
      )}
    </>
  );
}

const WIDTH = 640;

/** Edits the owner, the system and the purpose of a namespace. */
export function EditNamespaceDialog(props: {
  /** The namespace when the dialog opened. */
  namespace: ManagedNamespace;
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { namespace, onClose, onSaved } = props;
  const { cluster, name } = namespace;
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
    <FormDialog
      form={form}
      title={t('editNamespace.title', { name, cluster })}
      width={WIDTH}
      action={t('editNamespace.action')}
      disabledReason={disabledReason}
      failed={t('editNamespace.failed')}
      onSubmit={save}
      onClose={onClose}
    >
      {conflict && (
        <NamespaceConflictAlert
          before={before}
          theirs={valuesOf(conflict.theirs)}
          onKeep={form.keepMine}
          onTake={form.discard}
        />
      )}
      <EditFields form={form} fixedOwner={fixedOwnerOf(form.base)} />
      <NamespaceEffects before={before} after={values} />
    </FormDialog>
  );

  function reasonNotTo(): string | undefined {
    if (conflict) {
      return t('editNamespace.conflict.undecided');
    }
    return form.isChanged ? undefined : t('editNamespace.unchanged');
  }
}

function fixedOwnerOf({
  home,
  personal,
}: ManagedNamespace): 'home' | 'personal' | undefined {
  if (home) {
    return 'home';
  }
  return personal && 'personal';
}
