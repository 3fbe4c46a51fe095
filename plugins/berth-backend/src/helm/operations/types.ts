import {
  HelmOperationKind,
  HelmOperationLine,
  HelmOperationOptions,
  HelmOperationState,
} from '@berth/plugin-berth-common';
import { CustomErrorBase } from '@backstage/errors';
import { PageRequest, PositionedPage } from '../../model/paging';
import { HelmRun } from '../runner';

/** What an operation runs. It is kept encrypted, and only until the operation has ended. */
export type OperationWork = Pick<
  HelmRun,
  'command' | 'chart' | 'values' | 'allowed' | 'shown'
> & {
  /** Of the archive of the chart, for the activity log. */
  chartDigest?: string;
  /** The version of the history of the release as it was previewed, of `readHistory`. */
  base?: string;
};

/** An operation as a person starts it. */
export interface NewOperation {
  id: string;
  kind: HelmOperationKind;
  clusterId: string;
  /** Name of the cluster. */
  cluster: string;
  namespace: string;
  release: string;
  /** 0 for an installation. */
  baseRevision: number;
  /** Of a rollback. */
  targetRevision?: number;
  /** Its repository is absent if the release keeps the chart that it has. */
  chart?: { repository?: string; name: string; version: string };
  options: HelmOperationOptions;
  /** Of the preview. */
  digest: string;
  /** Names the request, so that the same call again is known. */
  requestHash: string;
  /** Entity ref. */
  person: string;
  /** `metadata.uid` of the user entity. */
  personUid: string;
  /** The decisions of the permission policy at the start, as JSON. */
  policy: string;
}

export interface OperationRecord extends NewOperation {
  state: HelmOperationState;
  /** The revision that the operation made. It is known once the objects are awaited, or the operation has ended. */
  revision?: number;
  message?: string;
  advice?: string;
  /** Entity ref of the person who cancelled it. */
  cancelledBy?: string;
  /** The replica that works on it, or that worked on it. */
  replica?: string;
  fence: number;
  beat: number;
  createdAt: string;
  startedAt?: string;
  endedAt?: string;
}

/** The exclusive right of a replica to work on an operation. Another replica that takes over has a greater fence. */
export interface Claim {
  id: string;
  replica: string;
  fence: number;
}

/** Returns whether helm has ended, and the operation only waits until the objects of its revision are ready. */
export function isWaiting({
  revision,
  state,
}: Pick<OperationRecord, 'revision' | 'state'>): boolean {
  return state === 'Observing' && revision !== undefined;
}

/** Another replica works on the operation now, or the cluster was removed. */
export class OperationLostError extends CustomErrorBase {
  name = 'OperationLostError' as const;

  constructor({ id }: Pick<Claim, 'id'>) {
    super(`Another replica works on the operation ${id}, or it is gone`);
  }
}

/** What an operation runs was encrypted with a secret that the portal does not have. */
export class UnreadableWorkError extends CustomErrorBase {
  name = 'UnreadableWorkError' as const;
}

/** How an operation ended. */
export interface OperationEnd {
  state: Exclude<HelmOperationState, 'Queued' | 'Running' | 'Observing'>;
  message: string;
  advice?: string;
  revision?: number;
}

export type NewLine = Pick<HelmOperationLine, 'level' | 'text'> & {
  at: string;
};

/** Selects operations. All fields must match. */
export interface OperationFilter {
  /** Only these namespaces of these clusters, or whole clusters. */
  places: { clusterId: string; namespaces?: readonly string[] }[];
  namespaces?: readonly string[];
  release?: string;
  states?: readonly HelmOperationState[];
}

export interface OperationLimits {
  /** How many operations of one person run at a time, on all replicas. */
  runningPerPerson: number;
}

/** The operations in the database. Every write of a replica holds only while its claim does. */
export interface OperationStore {
  /**
   * Adds a queued operation.
   *
   * @returns false if the id is known, or another operation holds the release
   * @throws OperationLimitError if too many operations wait
   */
  add(operation: NewOperation, work: OperationWork): Promise<boolean>;
  get(id: string): Promise<OperationRecord | undefined>;
  list(
    filter: OperationFilter,
    request: PageRequest,
  ): Promise<PositionedPage<OperationRecord>>;
  /** Returns the operations that have not ended, the oldest first. */
  live(): Promise<OperationRecord[]>;
  /** Returns the operation that holds a release: no other one may change it meanwhile. */
  holderOf(release: {
    clusterId: string;
    namespace: string;
    release: string;
  }): Promise<OperationRecord | undefined>;
  /** Starts a queued operation. Resolves with undefined if another replica did, or the person has enough of them. */
  claim(id: string, replica: string): Promise<Claim | undefined>;
  /** Queues an operation again whose claim nobody has used. It ends if it was cancelled meanwhile. */
  giveBack(claim: Claim): Promise<void>;
  /** Continues the operation of a replica that is silent. Resolves with undefined if it has changed since. */
  takeOver(
    seen: Pick<OperationRecord, 'id' | 'fence' | 'beat'>,
    replica: string,
  ): Promise<Claim | undefined>;
  /**
   * Reports that the replica lives.
   *
   * @returns who cancelled the operation
   * @throws OperationLostError
   */
  beat(claim: Claim): Promise<string | undefined>;
  /** @throws OperationLostError; UnreadableWorkError */
  work(claim: Claim): Promise<OperationWork>;
  /** @throws OperationLostError */
  observe(claim: Claim): Promise<void>;
  /**
   * Records that only the objects of a revision are awaited. The operation then holds the release no longer.
   *
   * @throws OperationLostError
   */
  awaitObjects(claim: Claim, revision: number): Promise<void>;
  /**
   * Ends an operation, and deletes what it ran.
   *
   * @throws OperationLostError
   */
  end(claim: Claim, end: OperationEnd): Promise<void>;
  /** @throws OperationLostError */
  addLines(claim: Claim, firstSeq: number, lines: NewLine[]): Promise<void>;
  /** Returns the number of the last line. */
  lastSeq(id: string): Promise<number>;
  lines(
    id: string,
    options: {
      after: number;
      limit: number;
      levels: readonly HelmOperationLine['level'][];
    },
  ): Promise<HelmOperationLine[]>;
  /** Ends a queued operation, or records that a running one shall end. Resolves with false if it has ended. */
  cancel(id: string, by: string): Promise<boolean>;
  /** Deletes operations that ended before a time. */
  deleteBefore(before: Date, signal?: AbortSignal): Promise<number>;
}
