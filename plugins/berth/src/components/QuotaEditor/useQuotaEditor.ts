import { useCallback, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  NamespaceAddress,
  NamespaceQuota,
  TenancyApi,
} from '@berth/plugin-berth-common';
import { tenancyApiRef } from '../../api';
import { isOutdated, problemOf } from '../../format';
import { Polled, usePolling } from '../../hooks';
import {
  QuotaForm,
  formOf,
  isSameForm,
  mergeForms,
  requestOf,
} from './quotaForm';

const INTERVAL = 30_000;

/** A quota as it was read; `quota` is undefined where nothing bounds the namespace. */
export interface SeenQuota {
  quota?: NamespaceQuota;
  etag?: string;
}

/** A quota with the caller's unsaved changes. */
export interface QuotaEditing {
  polled: Polled<SeenQuota>;
  /** What the edit began from. */
  base: SeenQuota;
  before: QuotaForm;
  form: QuotaForm;
  isChanged: boolean;
  /** What somebody else saved meanwhile; undecided until `keepMine` or `discard`. */
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
  const api = useApi(tenancyApiRef);
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
      // Where there is no quota there is no tag to bind a change to, so it is looked whether there is one now.
      if (base.etag === undefined) {
        const now = await load();
        if (now.quota) {
          setTheirs(now);
          return false;
        }
      }
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
        api.setQuota(address, requestOf(form), { etag: base.etag }),
      ),
    remove: () => attempt(() => api.deleteQuota(address)),
  };
}

async function read(
  api: TenancyApi,
  address: NamespaceAddress,
): Promise<SeenQuota> {
  try {
    const { etag, ...quota } = await api.getQuota(address);
    return { quota, etag };
  } catch (error) {
    if (problemOf(error).kind !== 'notFound') {
      throw error;
    }
    // The namespace itself may be gone: then this fails, too.
    await api.getNamespace(address);
    return {};
  }
}
