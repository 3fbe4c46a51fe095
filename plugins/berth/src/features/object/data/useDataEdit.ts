import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ObjectAddress, ObjectView } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { textAt } from '../reading';
import {
  changeOf,
  EditedKey,
  keysOf,
  knowTheirs,
  versionsOf,
} from './dataEdit';
import { Value } from './values';

/** The API accepts no longer text. */
const MAX_CHARACTERS = 1024 * 1024;

/** Keys that others changed as well, and the object with their values. */
interface Found {
  paths: readonly string[];
  latest: ObjectView;
}

/** The edit of the keys and values of a ConfigMap or Secret. Its values stay in the component that edits them. */
export interface DataEdit {
  keys: readonly EditedKey[];
  /** The keys that the edit adds, changes or removes. */
  changed: readonly EditedKey[];
  /** Whether the changes are too long to be sent at once. */
  isTooLong: boolean;
  /** The changed keys that others changed as well. Saving again replaces their values. */
  conflicts: readonly string[];
  set: (key: string, value: Value | undefined) => void;
  /** Records a value that the person revealed, which is not a change. */
  reveal: (key: string, value: Value) => void;
  /** Takes back what the edit does to a key. */
  undo: (key: string) => void;
  /** Resolves to false after a conflict. */
  save: () => Promise<boolean>;
}

/**
 * @param view - the object as the person started from it; later versions do not change the edit
 */
export function useDataEdit(
  address: ObjectAddress,
  view: ObjectView,
): DataEdit {
  const api = useApi(berthApiRef);
  const [uid] = useState(() => textAt(view.object, 'metadata.uid') ?? '');
  /** The object as the person knows it. */
  const [start, setStart] = useState(view);
  const [keys, setKeys] = useState<readonly EditedKey[]>(() => keysOf(view));
  const [found, setFound] = useState<Found>();
  const change = (key: string, update: (known: EditedKey) => EditedKey) => {
    // The person agreed to other changes.
    setFound(undefined);
    setKeys(before =>
      before.some(one => one.key === key)
        ? before.map(one => (one.key === key ? update(one) : one))
        : [...before, update({ key })],
    );
  };
  const versions = versionsOf(start, keys);
  /** Returns the versions to send. After a conflict, the person knows the values of others, and replaces them. */
  const agreed = () => {
    if (!found) {
      return versions;
    }
    const known = knowTheirs(keys, found.paths, found.latest);
    setKeys(known);
    setStart(found.latest);
    return versionsOf(found.latest, known);
  };
  return {
    keys,
    changed: keys.filter(changeOf),
    isTooLong:
      Math.max(versions.base.length, versions.yaml.length) > MAX_CHARACTERS,
    conflicts: found?.paths ?? [],
    set: (key, now) => change(key, known => ({ ...known, now })),
    reveal: (key, value) =>
      change(key, known => ({ ...known, before: value, now: value })),
    undo: key => {
      setFound(undefined);
      setKeys(before =>
        before.flatMap(one => {
          if (one.key !== key) {
            return one;
          }
          return one.before ? { ...one, now: one.before } : [];
        }),
      );
    },
    save: async () => {
      const { conflicts } = await api.editObject(address, {
        uid,
        ...agreed(),
      });
      if (conflicts.length === 0) {
        return true;
      }
      setFound(undefined);
      const paths = [...new Set(conflicts.map(({ path }) => path))];
      // A change after this moment is a conflict again.
      setFound({ paths, latest: await api.getObject(address) });
      return false;
    },
  };
}
