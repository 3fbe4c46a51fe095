import { Button, Flex, Text } from '@backstage/ui';
import { NamespaceAddress, QuotaTotal } from '@berth/plugin-berth-common';
import { useState } from 'react';
import {
  ActionButton,
  Loaded,
  ProblemAlert,
  useNotify,
  useText,
  useUnsavedChanges,
} from '../../../kit';
import { DefaultFields } from '../../../kit/quota/DefaultFields';
import { HardFields } from '../../../kit/quota/HardFields';
import { QuotaConflictAlert } from './QuotaConflictAlert';
import { QuotaEffect } from './QuotaEffect';
import { RemoveQuotaDialog } from './RemoveQuotaDialog';
import { SizeClassSelect } from '../../../kit/quota/SizeClassSelect';
import { isValid } from '../../../kit/quota/quotaForm';
import { QuotaEditing, useQuotaEditor } from './useQuotaEditor';

/** Edits the quota of a namespace, and shows the effect on the cluster before it is saved. */
export function QuotaEditor(props: {
  address: NamespaceAddress;
  /** Of the cluster; undefined while they are not known. */
  totals?: QuotaTotal[];
  onSaved: () => Promise<void>;
}) {
  const { address } = props;
  const t = useText();
  const editing = useQuotaEditor(address);
  return (
    <Loaded
      polled={editing.polled}
      title={t('quotas.editor.failed')}
      height={320}
      render={() => <Editor {...props} editing={editing} />}
    />
  );
}

function Editor(props: {
  address: NamespaceAddress;
  totals?: QuotaTotal[];
  onSaved: () => Promise<void>;
  editing: QuotaEditing;
}) {
  const { address, totals, onSaved, editing } = props;
  const { base, before, form } = editing;
  const { namespace } = address;
  const t = useText();
  const notify = useNotify();
  const [removing, setRemoving] = useState(false);
  const valid = isValid(form);
  useUnsavedChanges(editing.isChanged);

  const save = async () => {
    if (await editing.save()) {
      notify({
        message: t('quotas.editor.saved', { namespace }),
      });
      await onSaved();
    }
  };

  return (
    <Flex direction="column" gap="5">
      {editing.theirs && (
        <QuotaConflictAlert
          before={base.quota}
          theirs={editing.theirs.quota}
          onKeep={editing.keepMine}
          onTake={editing.discard}
        />
      )}
      <SizeClassSelect form={form} onChange={editing.change} />
      <HardFields
        form={form}
        used={base.quota?.used}
        onChange={editing.change}
      />
      <DefaultFields form={form} onChange={editing.change} />
      {form.priorityClasses.length > 0 && (
        <Text color="secondary">
          {t('quotas.editor.priorityClasses', {
            names: form.priorityClasses.join(', '),
          })}
        </Text>
      )}
      {editing.isChanged && valid && (
        <QuotaEffect
          cluster={address.cluster}
          totals={totals}
          before={before.hard}
          after={form.hard}
          used={base.quota?.used}
        />
      )}
      {editing.error !== undefined && (
        <ProblemAlert error={editing.error} title={t('quotas.editor.failed')} />
      )}
      <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
        <ActionButton
          variant="primary"
          onPress={save}
          isPending={editing.saving}
          disabledReason={disabledReason()}
        >
          {base.quota ? t('quotas.editor.save') : t('quotas.editor.setIt')}
        </ActionButton>
        {editing.isChanged && (
          <Button variant="secondary" onPress={editing.discard}>
            {t('quotas.editor.discard')}
          </Button>
        )}
        {base.quota && (
          <ActionButton
            variant="tertiary"
            destructive
            onPress={() => setRemoving(true)}
          >
            {t('quotas.editor.removeQuota')}
          </ActionButton>
        )}
      </Flex>
      {removing && (
        <RemoveQuotaDialog
          address={address}
          remove={editing.remove}
          error={editing.error}
          onClose={() => setRemoving(false)}
          onRemoved={onSaved}
        />
      )}
    </Flex>
  );

  function disabledReason(): string | undefined {
    if (Object.keys(form.hard).length === 0) {
      return t('quotas.editor.empty');
    }
    if (!valid) {
      return t('quotas.editor.invalid');
    }
    return editing.isChanged ? undefined : t('quotas.editor.unchanged');
  }
}
