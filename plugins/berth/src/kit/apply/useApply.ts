import { useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { AppliedDocument } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { useNotify } from '../useNotify';
import { useText } from '../useText';

/** Where and what to apply. */
export interface ApplyInput {
  cluster: string;
  namespace: string;
  yaml: string;
}

/** The documents that take over fields of others, by index, with what the person agreed to. */
type Forced = ReadonlyMap<number, { object: string; conflicts: string[] }>;

/** The answer of a cluster, for the input that it was asked about. */
interface Answer {
  input: string;
  force: Forced;
  isDryRun: boolean;
  documents: AppliedDocument[];
}

/** Applies YAML: first as a question to the cluster, then in earnest. */
export interface Apply {
  /** The latest answer, while the input is still the same. */
  answer?: Answer;
  /** The documents that take over fields of others, by index. */
  forced: ReadonlyMap<number, unknown>;
  toggleForce: (index: number) => void;
  failure?: unknown;
  isPending: boolean;
  /** Whether objects may be changing now. */
  isApplying: boolean;
  /** Whether all documents are applied. */
  isDone: boolean;
  /** Whether each document can be applied as the last answer says. */
  isReady: boolean;
  ask: () => Promise<void>;
  apply: () => Promise<void>;
}

export function useApply(input: ApplyInput, onApplied: () => void): Apply {
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const [last, setLast] = useState<Answer>();
  const [forced, setForced] = useState<Forced>(new Map());
  const [failure, setFailure] = useState<unknown>();
  const [pending, setPending] = useState<'ask' | 'apply'>();
  /** The number of the latest call. */
  const latest = useRef(0);
  const key = JSON.stringify(input);
  const answer = last?.input === key ? last : undefined;

  const post = async (isDryRun: boolean, force: Forced) => {
    const { cluster, namespace, yaml } = input;
    const { items } = await api.applyYaml(cluster, {
      yaml,
      ...(namespace && { namespace }),
      ...(force.size > 0 && { force: [...force.keys()] }),
      ...(isDryRun && { dryRun: true }),
    });
    return items;
  };

  const send = async (isDryRun: boolean, force: Forced): Promise<void> => {
    const { cluster } = input;
    latest.current += 1;
    const call = latest.current;
    setPending(isDryRun ? 'ask' : 'apply');
    setFailure(undefined);
    try {
      const items = await post(isDryRun, force);
      if (call === latest.current) {
        setLast({ input: key, force, isDryRun, documents: items });
      }
      if (!isDryRun) {
        const count = items.filter(isApplied).length;
        if (items.every(({ action }) => !isRefused(action))) {
          notify({ message: t('apply.done', { count, cluster }) });
        }
        if (count > 0) {
          onApplied();
        }
      }
    } catch (error) {
      if (call === latest.current) {
        setFailure(error);
      }
    }
    if (call === latest.current) {
      setPending(undefined);
    }
  };

  /** Asks again. The text, or the fields that others set, may have changed since the person chose to take over fields. */
  const ask = async () => {
    if (forced.size === 0) {
      await send(true, forced);
      return;
    }
    latest.current += 1;
    const call = latest.current;
    setPending('ask');
    setFailure(undefined);
    try {
      const kept = keptOf(forced, input.cluster, await post(true, new Map()));
      if (call === latest.current) {
        setForced(kept);
        await send(true, kept);
      }
    } catch (error) {
      if (call === latest.current) {
        setFailure(error);
        setPending(undefined);
      }
    }
  };

  const documents = answer?.documents ?? [];
  const isComplete = documents.every(({ action }) => !isRefused(action));
  return {
    answer,
    forced,
    failure,
    isPending: pending !== undefined,
    isApplying: pending === 'apply',
    isDone: answer?.isDryRun === false && isComplete,
    isReady:
      answer?.isDryRun === true &&
      answer.force === forced &&
      documents.some(isApplied) &&
      isComplete,
    toggleForce: index => {
      const changed = new Map(forced);
      const document = documents.find(one => one.index === index);
      if (!changed.delete(index) && document) {
        changed.set(index, {
          object: objectOf(input.cluster, document),
          conflicts: conflictsOf(document),
        });
      }
      setForced(changed);
      // Another choice is another question.
      void send(true, changed);
    },
    ask,
    apply: () => send(false, forced),
  };
}

/**
 * Returns which documents still take over fields: those about the same object as before, with no conflict that the
 * person did not see.
 *
 * @param documents - the answer without any takeover
 */
function keptOf(
  forced: Forced,
  cluster: string,
  documents: readonly AppliedDocument[],
): Forced {
  return new Map(
    [...forced].filter(([index, { object, conflicts }]) => {
      const document = documents.find(one => one.index === index);
      const found = document ? conflictsOf(document) : [];
      return (
        document &&
        objectOf(cluster, document) === object &&
        found.length > 0 &&
        found.every(one => conflicts.includes(one))
      );
    }),
  );
}

function objectOf(
  cluster: string,
  { group, kind, namespace, name }: AppliedDocument,
): string {
  return JSON.stringify([cluster, group, kind, namespace, name]);
}

function conflictsOf({ conflicts = [] }: AppliedDocument): string[] {
  return conflicts.map(({ field, manager }) =>
    JSON.stringify([field, manager]),
  );
}

/** Returns whether a document changes, or would change, its object. */
export function isApplied({ action }: AppliedDocument): boolean {
  return action === 'create' || action === 'change';
}

function isRefused(action: AppliedDocument['action']): boolean {
  return action === 'failed' || action === 'skipped';
}
