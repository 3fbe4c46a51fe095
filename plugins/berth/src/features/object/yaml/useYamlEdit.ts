import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { EditObjectResult, ObjectAddress } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { useNotify, useText, useUnsavedChanges } from '../../../kit';
import { yamlProblems, YamlProblem } from '../../../kit/code';
import { Conflict, takeTheirs } from './takeTheirs';

/** What a person started from. It stays the same while others change the object. */
interface Base {
  yaml: string;
  uid: string;
  startedAt: number;
}

/** The edit of an object as YAML: typing, reviewing what the cluster would change, and saving. */
export interface YamlEdit {
  /** Absent while the person only reads. */
  base?: Base;
  text: string;
  isChanged: boolean;
  /** Errors in the text. */
  problems: YamlProblem[];
  /** What the cluster would change. */
  review?: EditObjectResult;
  /** Fields that others changed as well. */
  conflicts: Conflict[];
  failure?: unknown;
  isPending: boolean;
  start: (yaml: string, uid: string) => void;
  type: (text: string) => void;
  /** Ends the edit, after a question if there are changes. */
  cancel: () => void;
  /** Asks the cluster what it would change. */
  ask: (overwrite?: boolean) => Promise<void>;
  closeReview: () => void;
  takeTheirs: () => void;
  /** Resolves to false after a conflict. */
  save: () => Promise<boolean>;
}

export function useYamlEdit(
  address: ObjectAddress,
  onSaved: () => Promise<void>,
): YamlEdit {
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const [base, setBase] = useState<Base>();
  const [text, setText] = useState('');
  const [review, setReview] = useState<EditObjectResult>();
  const [conflicts, setConflicts] = useState<Conflict[]>([]);
  const [overwrite, setOverwrite] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [isPending, setPending] = useState(false);
  const isChanged = base !== undefined && text !== base.yaml;
  const mayDiscard = useUnsavedChanges(isChanged);

  const reset = () => {
    setReview(undefined);
    setConflicts([]);
    setOverwrite(false);
    setFailure(undefined);
  };

  const send = async (dryRun: boolean, overwrites: boolean) => {
    const { uid, yaml } = base!;
    const result = await api.editObject(address, {
      uid,
      yaml: text,
      base: yaml,
      ...(overwrites && { overwrite: true }),
      ...(dryRun && { dryRun }),
    });
    const isRefused = result.conflicts.length > 0 && !overwrites;
    setConflicts(isRefused ? result.conflicts : []);
    return isRefused ? undefined : result;
  };

  return {
    base,
    text,
    isChanged,
    problems: base ? yamlProblems(text) : [],
    review,
    conflicts,
    failure,
    isPending,
    start: (yaml, uid) => {
      setBase({ yaml, uid, startedAt: Date.now() });
      setText(yaml);
      reset();
    },
    type: typed => {
      setText(typed);
      reset();
    },
    cancel: () => {
      if (mayDiscard()) {
        setBase(undefined);
        reset();
      }
    },
    ask: async (overwrites = false) => {
      setPending(true);
      reset();
      setOverwrite(overwrites);
      try {
        setReview(await send(true, overwrites));
      } catch (error) {
        setFailure(error);
      }
      setPending(false);
    },
    closeReview: () => setReview(undefined),
    takeTheirs: () => {
      setText(takeTheirs(text, conflicts));
      reset();
    },
    save: async () => {
      const result = await send(false, overwrite);
      if (!result) {
        setReview(undefined);
        return false;
      }
      notify({ message: t('object.yaml.saved', { name: address.name }) });
      setBase(undefined);
      reset();
      await onSaved();
      return true;
    },
  };
}
