import { useCallback, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  NamespaceAddress,
  NamespaceQuota,
  BerthApi,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { assertTag, isOutdated } from '../../../kit/format';
import { Polled, usePolling } from '../../../kit/hooks';
import {
  QuotaForm,
  formOf,
  isSameForm,
  mergeForms,
  requestOf,
} from '../../../kit/quota/quotaForm';

const INTERVAL = 30_000;

/** A quota as it was read; `quota` is undefined where nothing bounds the namespace. */
export interface SeenQuota {
  quota?: NamespaceQuota;
}

/** A quota with the caller's unsaved changes. */
export interface QuotaEditing {
  polled: Polled<SeenQuota>;
  /** What the edit began from. */
  base: SeenQuota;
  before: QuotaForm;
  form: QuotaForm;
  isChanged: boolean;
  /** What someone else saved meanwhile; undecided until `keepMine` or `discard`. */
  theirs?: SeenQuota;
  error?: unknown;
  saving: boolean;
  change: (form: QuotaForm) => void;
  discard: () => void;
  keepMine: () => void;
  /** These resolve to whether it was done. They never reject. */
  save: () => Promise<boolean>;
  remove: () => Promise<boolean>;
}

/** Edits the quota of a namespace. */
export function useQuotaEditor(address: NamespaceAddress): QuotaEditing {
  const { cluster, namespace } = address;
  const api = useApi(berthApiRef);
  const [edit, setEdit] = useState<{ base: SeenQuota; form: QuotaForm }>();
  const [theirs, setTheirs] = useState<SeenQuota>();
  const [error, setError] = useState<unknown>();
  const [saving, setSaving] = useState(false);
  const load = useCallback(
    () => read(api, { cluster, namespace }),
    [api, cluster, namespace],
  );
  const polled = usePolling(load, () => INTERVAL);

  const base = edit?.base ?? polled.value ?? {};
  const before = formOf(base.quota);
  const form = edit?.form ?? before;

  const discard = () => {
    setEdit(undefined);
    setTheirs(undefined);
    setError(undefined);
  };

  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    setSaving(true);
    setError(undefined);
    try {
      await work();
      await polled.refresh();
      discard();
      return true;
    } catch (failure) {
      if (isOutdated(failure)) {
        await load().then(setTheirs, setError);
      } else {
        setError(failure);
      }
      return false;
    } finally {
      setSaving(false);
    }
  };

  return {
    polled,
    base,
    before,
    form,
    isChanged: !isSameForm(before, form),
    theirs,
    error,
    saving,
    change: changed => setEdit({ base, form: changed }),
    discard: () => {
      discard();
      polled.refresh();
    },
    keepMine: () => {
      if (theirs) {
        const merged = mergeForms(before, form, formOf(theirs.quota));
        setEdit({ base: theirs, form: merged });
        setTheirs(undefined);
      }
    },
    save: () =>
      attempt(() =>
        api.setQuota(address, requestOf(form), { etag: tagOf(base) }),
      ),
    remove: () =>
      attempt(async () => {
        const etag = tagOf(base);
        assertTag(etag);
        await api.deleteQuota(address, { etag });
      }),
  };
}

/** Of the namespace, as asking for a quota that is not there is an error. */
async function read(
  api: BerthApi,
  address: NamespaceAddress,
): Promise<SeenQuota> {
  const { quota } = await api.getNamespace(address);
  return { quota };
}

/** Undefined only where there is no quota: the backend then refuses to overwrite one that came meanwhile. */
function tagOf({ quota }: SeenQuota): string | undefined {
  if (!quota) {
    return undefined;
  }
  assertTag(quota.etag);
  return quota.etag;
}
