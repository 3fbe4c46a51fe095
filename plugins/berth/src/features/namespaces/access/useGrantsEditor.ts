import { useCallback, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Grant,
  GrantList,
  GrantRequest,
  NamespaceAddress,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { assertTag, isOutdated } from '../../../kit/format';
import { Polled, usePolling } from '../../../kit/hooks';
import {
  GrantChange,
  changesBetween,
  mergeGrants,
  grantRequests,
} from './grantChanges';

const INTERVAL = 15_000;
const INTERVAL_WHILE_PENDING = 3_000;

/** What someone else saved while the caller edited. */
export interface GrantConflict {
  changes: GrantChange[];
  /** Entity refs of the groups that both changed. */
  clashes: string[];
}

/** The access to a namespace with the caller's unsaved changes. */
export interface GrantsEditing {
  polled: Polled<GrantList>;
  /** As saved, with how far each is on the cluster. */
  saved: Grant[];
  draft: GrantRequest[];
  changes: GrantChange[];
  conflict?: GrantConflict;
  error?: unknown;
  saving: boolean;
  change: (draft: GrantRequest[]) => void;
  discard: () => void;
  /** Resolves to whether it was saved. Never rejects. */
  save: () => Promise<boolean>;
}

/*
 * An edit stays bound to the state that it began from, whatever is polled meanwhile. When someone else has
 * saved first, the backend refuses (412): the edit is then put on top of theirs, to be looked at and saved
 * again.
 */
/** Edits the access to a namespace. */
export function useGrantsEditor(address: NamespaceAddress): GrantsEditing {
  const { cluster, namespace } = address;
  const api = useApi(berthApiRef);
  const [edit, setEdit] = useState<{
    base: GrantList;
    draft: GrantRequest[];
  }>();
  const [conflict, setConflict] = useState<GrantConflict>();
  const [error, setError] = useState<unknown>();
  const [saving, setSaving] = useState(false);
  const load = useCallback(
    () => api.getGrants({ cluster, namespace }),
    [api, cluster, namespace],
  );
  const polled = usePolling(load, intervalFor);

  const base = edit?.base ?? polled.value;
  const before = grantRequests(base?.items ?? []);
  const draft = edit?.draft ?? before;

  const discard = () => {
    setEdit(undefined);
    setConflict(undefined);
    setError(undefined);
  };

  const mergeWithTheirs = async (mine: GrantRequest[]) => {
    const theirs = await load();
    const { merged, clashes } = mergeGrants(
      before,
      mine,
      grantRequests(theirs.items),
    );
    setConflict({
      changes: changesBetween(before, grantRequests(theirs.items)),
      clashes,
    });
    setEdit({ base: theirs, draft: merged });
  };

  const save = async (): Promise<boolean> => {
    setSaving(true);
    setError(undefined);
    try {
      const etag = base?.etag;
      assertTag(etag);
      await api.setGrants(address, { grants: draft }, { etag });
      await polled.refresh();
      discard();
      return true;
    } catch (failure) {
      if (isOutdated(failure)) {
        await mergeWithTheirs(draft).catch(setError);
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
    saved: base?.items ?? [],
    draft,
    changes: changesBetween(before, draft),
    conflict,
    error,
    saving,
    change: changed => base && setEdit({ base, draft: changed }),
    discard,
    save,
  };
}

function intervalFor(list?: GrantList): number {
  return list?.items.some(({ state }) => state === 'Pending')
    ? INTERVAL_WHILE_PENDING
    : INTERVAL;
}
