import { useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { EditObjectResult, ObjectAddress } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { useNotify, useText, useUnsavedChanges } from '../../../kit';
import { useYamlProblems, YamlProblem } from '../../../kit/code';
import { Conflict, knowTheirs, takeTheirs } from './takeTheirs';

/** What a person started from. It stays the same while others change the object. */
interface Base {
  yaml: string;
  uid: string;
  startedAt: number;
}

/** What the cluster would change for a text. */
interface Review {
  text: string;
  base: Base;
  result: EditObjectResult;
}

/** Fields that others changed as well, and the object with their values. */
interface Found {
  conflicts: Conflict[];
  latest: string;
}

/** The edit of an object as YAML: typing, reviewing what the cluster would change, and saving. */
export interface YamlEdit {
  /** Absent while the person only reads. */
  base?: Base;
  text: string;
  isChanged: boolean;
  /** Errors in the text. */
  problems: readonly YamlProblem[];
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
  ask: () => Promise<void>;
  closeReview: () => void;
  takeTheirs: () => void;
  /** Keeps the person's values in place of those of others, and asks again. */
  keepYours: () => Promise<void>;
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
  const [review, setReview] = useState<Review>();
  const [found, setFound] = useState<Found>();
  const [failure, setFailure] = useState<unknown>();
  const [isPending, setPending] = useState(false);
  /** The number of the latest question. The answer to an earlier question belongs to another text. */
  const question = useRef(0);
  const problems = useYamlProblems(base ? text : '');
  const isChanged = base !== undefined && text !== base.yaml;
  const mayDiscard = useUnsavedChanges(isChanged);

  const reset = () => {
    question.current += 1;
    setReview(undefined);
    setFound(undefined);
    setFailure(undefined);
    setPending(false);
  };

  const send = async (sent: Omit<Review, 'result'>, dryRun: boolean) => {
    const result = await api.editObject(address, {
      uid: sent.base.uid,
      yaml: sent.text,
      base: sent.base.yaml,
      ...(dryRun && { dryRun }),
    });
    const { conflicts } = result;
    return conflicts.length === 0
      ? { result }
      : { found: { conflicts, latest: await api.getObjectYaml(address) } };
  };

  const ask = async (from: Base) => {
    reset();
    const asked = question.current;
    const sent = { text, base: from };
    setPending(true);
    try {
      const answer = await send(sent, true);
      if (asked === question.current) {
        setFound(answer.found);
        setReview(answer.result && { ...sent, result: answer.result });
      }
    } catch (error) {
      if (asked === question.current) {
        setFailure(error);
      }
    }
    if (asked === question.current) {
      setPending(false);
    }
  };

  return {
    base,
    text,
    isChanged,
    problems,
    review: review?.result,
    conflicts: found?.conflicts ?? [],
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
    ask: () => ask(base!),
    closeReview: () => setReview(undefined),
    takeTheirs: () => {
      const { conflicts, latest } = found!;
      setText(takeTheirs(text, conflicts, { base: base!.yaml, latest }));
      reset();
    },
    keepYours: () => {
      const { conflicts, latest } = found!;
      const known = {
        ...base!,
        yaml: knowTheirs(base!.yaml, conflicts, latest),
      };
      setBase(known);
      return ask(known);
    },
    save: async () => {
      const saved = review!;
      const asked = question.current;
      const answer = await send(saved, false);
      const isSame = asked === question.current;
      if (answer.found) {
        if (isSame) {
          setReview(undefined);
          setFound(answer.found);
        }
        return false;
      }
      notify({ message: t('object.yaml.saved', { name: address.name }) });
      // What the person typed after closing the review stays.
      setBase(isSame ? undefined : { ...saved.base, yaml: saved.text });
      reset();
      await onSaved();
      return true;
    },
  };
}
