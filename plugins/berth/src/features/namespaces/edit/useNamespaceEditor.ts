import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  assertTag,
  isOutdated,
  NO_ERRORS,
  ServerErrors,
  withoutChanged,
} from '../../../kit/format';
import {
  changedFields,
  mergeValues,
  NamespaceField,
  NamespaceValues,
  requestOf,
  serverErrorsOf,
  valuesOf,
} from './namespaceEdit';

/** What a namespace says of itself, with the caller's unsaved changes. */
export interface NamespaceEditing {
  /** What the edit began from. */
  before: NamespaceValues;
  values: NamespaceValues;
  isChanged: boolean;
  /** What someone else saved meanwhile; undecided until `keepMine` or `takeTheirs`. */
  theirs?: NamespaceValues;
  errors: ServerErrors<NamespaceField>;
  saving: boolean;
  change: (changes: Partial<NamespaceValues>) => void;
  keepMine: () => void;
  takeTheirs: () => void;
  /** Resolves to whether it was saved. Never rejects. */
  save: () => Promise<boolean>;
}

/** Edits what a namespace says of itself. The edit stays bound to what was seen when it began. */
export function useNamespaceEditor(seen: ManagedNamespace): NamespaceEditing {
  const api = useApi(berthApiRef);
  const [base, setBase] = useState(seen);
  const [values, setValues] = useState(() => valuesOf(seen));
  const [theirs, setTheirs] = useState<ManagedNamespace>();
  const [errors, setErrors] = useState<ServerErrors<NamespaceField>>(NO_ERRORS);
  const [saving, setSaving] = useState(false);
  const before = valuesOf(base);
  const address = { cluster: seen.cluster, namespace: seen.name };

  const goOnFrom = (now: ManagedNamespace, merged: NamespaceValues) => {
    setBase(now);
    setValues(merged);
    setTheirs(undefined);
  };

  const save = async (): Promise<boolean> => {
    setSaving(true);
    setErrors(NO_ERRORS);
    try {
      const { etag } = base;
      assertTag(etag);
      await api.updateNamespace(address, requestOf(before, values), { etag });
      return true;
    } catch (failure) {
      if (isOutdated(failure)) {
        await api
          .getNamespace(address)
          .then(setTheirs, rest => setErrors({ fields: {}, rest }));
      } else {
        setErrors(serverErrorsOf(failure));
      }
      return false;
    } finally {
      setSaving(false);
    }
  };

  return {
    before,
    values,
    isChanged: changedFields(before, values).length > 0,
    theirs: theirs && valuesOf(theirs),
    errors,
    saving,
    change: changes => {
      setValues({ ...values, ...changes });
      setErrors(withoutChanged(errors, changes));
    },
    keepMine: () =>
      theirs && goOnFrom(theirs, mergeValues(before, values, valuesOf(theirs))),
    takeTheirs: () => theirs && goOnFrom(theirs, valuesOf(theirs)),
    save,
  };
}
