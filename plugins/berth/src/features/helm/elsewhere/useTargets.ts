import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  BerthApi,
  HelmChartReference,
  HelmOperation,
  HelmOperationOptions,
  HelmPreview,
  HelmReleaseAddress,
  HelmReleaseView,
  HelmRequest,
  HELM_MASK,
} from '@berth/plugin-berth-common';
import { ulid } from 'ulid';
import { berthApiRef } from '../../../api';
import { isResponseError, problemOf } from '../../../kit/format';
import { Place } from '../install/PlaceFields';
import { TurnQueue } from './TurnQueue';

/** Each check is a preview, for which the portal runs helm. */
const CHECKS = 4;
/** The portal takes a few operations of a person, and previews each again before it does. */
const STARTS = 2;
const PAUSE_MS = 2_000;

/** The release that a person installs elsewhere. */
export interface Original {
  address: HelmReleaseAddress;
  revision: number;
  /** The values that people set, hidden ones as `HELM_MASK`. */
  values: string;
  hidesValues: boolean;
}

/** What a check of a target found. */
export interface TargetCheck {
  request: Extract<HelmRequest, { kind: 'install' | 'upgrade' }>;
  preview: HelmPreview;
  /** The release that has the name there. */
  present?: HelmReleaseView;
  /** Of the operation, so that a repeated start starts nothing twice. */
  id: string;
}

/** A place where the release shall be, and how far it is. */
export interface Target {
  key: number;
  place: Place;
  text: string;
  /** Takes the hidden values of the original. */
  copiesHidden: boolean;
  options: HelmOperationOptions;
  takesOver: boolean;
  /** Whether a check, a start, or the loading of values is under way. */
  pending?: 'check' | 'start' | 'values';
  /** The check or the start was not sent yet: others have to end first. `failure` is the answer of the server. */
  waiting?: { failure?: unknown };
  check?: TargetCheck;
  failure?: unknown;
  operation?: HelmOperation;
}

type Edit = Partial<
  Pick<Target, 'place' | 'text' | 'copiesHidden' | 'options' | 'takesOver'>
>;

/** The targets of a release, and what a person does with them. */
export interface Targets {
  items: readonly Target[];
  add: () => void;
  remove: (key: number) => void;
  /** Changes a target. Its check ends, unless the change does not matter for it. */
  edit: (key: number, change: Edit) => void;
  check: (keys: readonly number[]) => Promise<void>;
  start: (keys: readonly number[]) => Promise<void>;
  /** Stops the checks and the starts that wait. */
  stop: () => void;
  /** Takes the values of the release that is there. */
  takePresentValues: (key: number) => Promise<void>;
  /** Drops all checks, because they are about another chart. */
  forget: () => void;
}

/** @param chart - undefined until it is known which chart to install */
export function useTargets(
  original: Original,
  chart: HelmChartReference | undefined,
): Targets {
  const api = useApi(berthApiRef);
  const { address, values } = original;
  const last = useRef(0);
  const create = (): Target => {
    last.current += 1;
    return {
      key: last.current,
      place: { cluster: '', namespace: '', release: address.release },
      ...{ text: values, copiesHidden: false, options: {}, takesOver: false },
    };
  };
  const [items, setItems] = useState<Target[]>(() => [create()]);
  const latest = useRef(items);
  latest.current = items;
  const [queues] = useState(() => ({
    check: createQueue(CHECKS),
    start: createQueue(STARTS),
  }));
  // Nothing starts after the person left the page.
  useEffect(
    () => () => {
      queues.check.stop();
      queues.start.stop();
    },
    [queues],
  );
  /** The latest questions. The answer to an earlier one is about something else. */
  const questions = useRef(new Map<number, number>());

  const change = useCallback(
    (key: number, next: (target: Target) => Target) =>
      setItems(now => now.map(one => (one.key === key ? next(one) : one))),
    [],
  );
  const ask = (key: number) => {
    const question = (questions.current.get(key) ?? 0) + 1;
    questions.current.set(key, question);
    return () => questions.current.get(key) === question;
  };
  const work = async (
    key: number,
    pending: NonNullable<Target['pending']>,
    load: (target: Target) => Promise<Partial<Target>>,
  ) => {
    const isLatest = ask(key);
    const changeLatest = (edited: Partial<Target> = {}) => {
      if (isLatest()) {
        change(key, one => ({ ...one, ...edited }));
      }
    };
    const request = async (): Promise<Partial<Target>> => {
      // The person may have changed or removed the target while it waited.
      const target = latest.current.find(one => one.key === key);
      return target && isLatest() ? load(target) : {};
    };
    const queue = pending === 'values' ? undefined : queues[pending];
    changeLatest({ pending, failure: undefined, waiting: queue && {} });
    const sent: Promise<Partial<Target> | undefined> = queue
      ? queue.send({
          onTurn: () => changeLatest({ waiting: undefined }),
          onFull: failure => changeLatest({ waiting: { failure } }),
          request,
        })
      : request();
    const result = await sent.catch(
      (failure: unknown): Partial<Target> => ({ failure }),
    );
    const end = { pending: undefined, waiting: undefined, ...result };
    if (result?.operation) {
      // The portal may have got the request when the person stopped it.
      change(key, one => ({ ...one, ...end }));
    } else {
      changeLatest(end);
    }
  };
  const checkOne = async (target: Target): Promise<Partial<Target>> => ({
    takesOver: false,
    check: await checkTarget(api, { original, chart: chart!, target }),
  });

  return {
    items,
    add: () => setItems(now => [...now, create()]),
    remove: key => setItems(now => now.filter(one => one.key !== key)),
    edit: (key, edited) => {
      const keepsCheck = Object.entries(edited).every(
        ([name, value]) =>
          name === 'takesOver' ||
          (name === 'options' &&
            (value as HelmOperationOptions).skipCrds ===
              items.find(one => one.key === key)?.options.skipCrds),
      );
      if (!keepsCheck) {
        ask(key);
      }
      change(key, one => ({
        ...one,
        ...edited,
        ...(!keepsCheck && {
          ...{ check: undefined, failure: undefined },
          ...{ pending: undefined, waiting: undefined },
        }),
      }));
    },
    check: async keys => {
      await Promise.all(
        keys.map(key =>
          work(key, 'check', async target => {
            change(key, one => ({ ...one, check: undefined }));
            return checkOne(target);
          }),
        ),
      );
    },
    start: async keys => {
      await Promise.all(
        keys.map(key =>
          work(key, 'start', async target => {
            try {
              return { operation: await startTarget(api, target) };
            } catch (failure) {
              if (isFull(failure)) {
                throw failure;
              }
              return problemOf(failure).kind === 'conflict'
                ? { ...(await checkOne(target)), failure }
                : { failure };
            }
          }),
        ),
      );
    },
    stop: () => {
      queues.check.stop();
      queues.start.stop();
      items.forEach(({ key, waiting }) => waiting && ask(key));
      setItems(now =>
        now.map(one =>
          one.waiting
            ? { ...one, pending: undefined, waiting: undefined }
            : one,
        ),
      );
    },
    takePresentValues: key =>
      work(key, 'values', async ({ place, check }) => {
        const { yaml } = await api.getReleaseValues(place, {
          revision: check?.present?.revision,
        });
        return { text: yaml, copiesHidden: false, check: undefined };
      }),
    forget: () => {
      items.forEach(({ key }) => ask(key));
      setItems(now =>
        now.map(one => ({
          ...one,
          ...{ check: undefined, failure: undefined },
          ...{ pending: undefined, waiting: undefined },
        })),
      );
    },
  };
}

function createQueue(most: number): TurnQueue {
  return new TurnQueue({
    most,
    isFull,
    pause: signal =>
      new Promise(resolve => {
        const timer = setTimeout(resolve, PAUSE_MS);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  });
}

/** Returns whether others have to end before the portal takes more. */
function isFull(failure: unknown): boolean {
  return isResponseError(failure) && failure.statusCode === 429;
}

async function checkTarget(
  api: BerthApi,
  {
    original: { address, revision },
    chart,
    target: { copiesHidden, options, place, text },
  }: { original: Original; chart: HelmChartReference; target: Target },
): Promise<TargetCheck> {
  const present = await api.getRelease(place).catch(error => {
    if (problemOf(error).kind === 'notFound') {
      return undefined;
    }
    throw error;
  });
  const common = {
    ...{ ...place, chart, values: text },
    copyOf: {
      ...{ ...address, revision },
      ...(copiesHidden && text.includes(HELM_MASK) && { hiddenValues: true }),
    },
  };
  const request: TargetCheck['request'] =
    present?.revision === undefined || present.status === 'uninstalled'
      ? {
          ...{ kind: 'install', ...common },
          ...(options.skipCrds && { options: { skipCrds: true } }),
        }
      : { kind: 'upgrade', ...common, baseRevision: present.revision };
  const preview = await api.previewHelmOperation(request);
  return { request, preview, id: ulid(), ...(present && { present }) };
}

function startTarget(
  api: BerthApi,
  { check, options, takesOver }: Target,
): Promise<HelmOperation> {
  const { id, preview, request } = check!;
  const { skipCrds, ...others } = options;
  return api.startHelmOperation(id, {
    ...request,
    previewDigest: preview.digest,
    options: {
      ...others,
      ...(skipCrds && request.kind === 'install' && { skipCrds }),
      ...(takesOver && { forceConflicts: true }),
    },
  });
}
