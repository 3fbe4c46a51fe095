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

/** The answer of a cluster, for the input that it was asked about. */
interface Answer {
  input: string;
  cluster: string;
  force: ReadonlySet<number>;
  isDryRun: boolean;
  documents: AppliedDocument[];
}

/** Applies YAML: first as a question to the cluster, then in earnest. */
export interface Apply {
  /** The latest answer, while the input is still the same. */
  answer?: Answer;
  /** Indexes of the documents that take over fields of others. */
  forced: ReadonlySet<number>;
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
  const [forced, setForced] = useState<ReadonlySet<number>>(new Set());
  const [failure, setFailure] = useState<unknown>();
  const [pending, setPending] = useState<'ask' | 'apply'>();
  /** The number of the latest call. */
  const latest = useRef(0);
  const key = JSON.stringify(input);
  const answer = last?.input === key ? last : undefined;

  const send = async (
    isDryRun: boolean,
    force: ReadonlySet<number>,
  ): Promise<void> => {
    const { cluster, namespace, yaml } = input;
    latest.current += 1;
    const call = latest.current;
    setPending(isDryRun ? 'ask' : 'apply');
    setFailure(undefined);
    try {
      const { items } = await api.applyYaml(cluster, {
        yaml,
        ...(namespace && { namespace }),
        ...(force.size > 0 && { force: [...force] }),
        ...(isDryRun && { dryRun: true }),
      });
      if (call === latest.current) {
        const kept = isDryRun ? keptOf(force, last, cluster, items) : force;
        if (kept.size < force.size) {
          setForced(kept);
          await send(true, kept);
          return;
        }
        setLast({ input: key, cluster, force, isDryRun, documents: items });
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
      const changed = new Set(forced);
      if (!changed.delete(index)) {
        changed.add(index);
      }
      setForced(changed);
      // Another choice is another question.
      void send(true, changed);
    },
    ask: () => send(true, forced),
    apply: () => send(false, forced),
  };
}

/**
 * Returns which documents still take over fields. A person chose so for an object: after the text has changed, the
 * document in the same place may be about another one.
 */
function keptOf(
  force: ReadonlySet<number>,
  last: Answer | undefined,
  cluster: string,
  documents: readonly AppliedDocument[],
): ReadonlySet<number> {
  const objectOf = (of: readonly AppliedDocument[] = [], index: number) => {
    const { group, kind, namespace, name } =
      of.find(document => document.index === index) ?? {};
    return JSON.stringify([group, kind, namespace, name]);
  };
  return new Set(
    [...force].filter(
      index =>
        last?.cluster === cluster &&
        objectOf(last.documents, index) === objectOf(documents, index),
    ),
  );
}

/** Returns whether a document changes, or would change, its object. */
export function isApplied({ action }: AppliedDocument): boolean {
  return action === 'create' || action === 'change';
}

function isRefused(action: AppliedDocument['action']): boolean {
  return action === 'failed' || action === 'skipped';
}
