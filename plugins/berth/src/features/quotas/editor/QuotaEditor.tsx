import { useState } from 'react';
import { Flex, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  NamespaceAddress,
  NamespaceQuota,
  QuotaTotal,
} from '@berth/plugin-berth-common';
import * as z from 'zod';
import { berthApiRef } from '../../../api';
import {
  ActionButton,
  ConfirmDialog,
  Loaded,
  useNotify,
  useText,
} from '../../../kit';
import { EditorFooter, useEditForm } from '../../../kit/form';
import { assertTag } from '../../../kit/format';
import { usePolled } from '../../../kit/query';
import {
  DefaultFields,
  HardFields,
  PlacementNote,
  QuotaEffect,
  SizeClassSelect,
} from '../../../kit/quota';
import {
  formOf,
  isSameForm,
  mergeForms,
  quotaProblem,
  quotaSchema,
  requestOf,
} from '../../../kit/quota/quotaForm';
import { QuotaConflictAlert } from './QuotaConflictAlert';

const INTERVAL = 30_000;

const SCHEMA = z.object({ quota: quotaSchema });

/** A quota as read; `quota` is undefined for an unbounded namespace. */
interface SeenQuota {
  quota?: NamespaceQuota;
}

interface EditorProps {
  address: NamespaceAddress;
  /** The totals of the cluster; undefined while unknown. */
  totals?: QuotaTotal[];
  onSaved: () => Promise<void>;
}

/** Edits the quota of a namespace, and shows the effect on the cluster before saving. */
export function QuotaEditor(props: EditorProps) {
  const { cluster, namespace } = props.address;
  const t = useText();
  const api = useApi(berthApiRef);
  // Reads the namespace, because reading a missing quota is an error.
  const load = async (): Promise<SeenQuota> => {
    const { quota } = await api.getNamespace({ cluster, namespace });
    return { quota };
  };
  const polled = usePolled({
    key: ['quota', cluster, namespace],
    load,
    every: INTERVAL,
  });
  return (
    <Loaded
      polled={polled}
      title={t('quotas.editor.failed')}
      height={320}
      render={seen => (
        <Editor
          {...props}
          key={`${cluster}/${namespace}`}
          seen={seen}
          load={load}
          refresh={polled.refresh}
        />
      )}
    />
  );
}

function Editor(
  props: EditorProps & {
    seen: SeenQuota;
    load: () => Promise<SeenQuota>;
    refresh: () => Promise<void>;
  },
) {
  const { address, totals, onSaved, seen, load, refresh } = props;
  const { namespace } = address;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const [removing, setRemoving] = useState(false);
  const form = useEditForm({
    seen,
    schema: SCHEMA,
    valuesOf: ({ quota }: SeenQuota) => ({ quota: formOf(quota) }),
    isSame: (one, other) => isSameForm(one.quota, other.quota),
    merge: (before, mine, theirs) => ({
      quota: mergeForms(before.quota, mine.quota, theirs.quota),
    }),
    load,
    save: async (values, base) => ({
      quota: await api.setQuota(address, requestOf(values.quota), {
        etag: tagOf(base),
      }),
    }),
  });
  const { base, conflict, isChanged } = form;
  const { quota } = form.values;
  const change = (changed: typeof quota) => form.change({ quota: changed });
  const problem = quotaProblem(quota);

  const discard = () => {
    form.discard();
    refresh();
  };

  const save = async () => {
    if (await form.save()) {
      notify({ message: t('quotas.editor.saved', { namespace }) });
      await Promise.all([refresh(), onSaved()]);
    }
  };

  const remove = async () => {
    const isRemoved = await form.apply(async before => {
      const etag = tagOf(before);
      assertTag(etag);
      await api.deleteQuota(address, { etag });
      return {};
    });
    // After a conflict the editor shows what another person saved.
    if (isRemoved) {
      notify({ message: t('quotas.editor.removed', { namespace }) });
      await Promise.all([refresh(), onSaved()]);
    }
  };

  return (
    <Flex direction="column" gap="5">
      {conflict && (
        <QuotaConflictAlert
          before={base.quota}
          theirs={conflict.theirs.quota}
          onKeep={form.keepMine}
          onTake={discard}
        />
      )}
      <SizeClassSelect form={quota} onChange={change} />
      <PlacementNote before={base.quota?.placement} quota={quota} />
      <HardFields form={quota} used={base.quota?.used} onChange={change} />
      <DefaultFields form={quota} onChange={change} />
      {quota.priorityClasses.length > 0 && (
        <Text color="secondary">
          {t('quotas.editor.priorityClasses', {
            names: quota.priorityClasses.join(', '),
          })}
        </Text>
      )}
      {isChanged && !problem && (
        <QuotaEffect
          cluster={address.cluster}
          totals={totals}
          before={formOf(base.quota).hard}
          after={quota.hard}
          used={base.quota?.used}
        />
      )}
      <EditorFooter
        form={form}
        failed={t('quotas.editor.failed')}
        save={base.quota ? t('quotas.editor.save') : t('quotas.editor.setIt')}
        disabledReason={disabledReason()}
        discard={t('quotas.editor.discard')}
        onSave={save}
        onDiscard={discard}
      >
        {base.quota && (
          <ActionButton
            variant="tertiary"
            destructive
            onPress={() => setRemoving(true)}
          >
            {t('quotas.editor.removeQuota')}
          </ActionButton>
        )}
      </EditorFooter>
      {removing && (
        <ConfirmDialog
          title={t('quotas.editor.removeTitle', { namespace })}
          action={t('quotas.editor.removeQuota')}
          failed={t('quotas.editor.removeFailed')}
          onConfirm={remove}
          onClose={() => setRemoving(false)}
        >
          <Text>
            {t('quotas.editor.removeText', { cluster: address.cluster })}
          </Text>
        </ConfirmDialog>
      )}
    </Flex>
  );

  function disabledReason(): string | undefined {
    if (problem) {
      return t(
        problem === 'quotaEmpty'
          ? 'quotas.editor.empty'
          : 'quotas.editor.invalid',
      );
    }
    return isChanged ? undefined : t('quotas.editor.unchanged');
  }
}

/**
 * Returns the tag; undefined only without a quota, so that the backend refuses to overwrite one set in the
 * meantime.
 */
function tagOf({ quota }: SeenQuota): string | undefined {
  if (!quota) {
    return undefined;
  }
  assertTag(quota.etag);
  return quota.etag;
}
