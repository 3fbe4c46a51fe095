import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { HELM_MAX_LINES } from '@berth/plugin-berth-common';
import { redact } from '../../kube';
import { HelmResult, HelmRuns, HelmWrite } from '../runner';
import { StoredSecret } from '../storedSecret';
import { assertUnchanged } from './assertUnchanged';
import { auditRun } from './auditRun';
import { awaitReady, ReadySettings } from './awaitReady';
import { BoundedCalls } from './BoundedCalls';
import { causeOf, causeOfFailure, UNREADABLE } from './causes';
import { OperationAccess } from './OperationAccess';
import { OperationLines } from './OperationLines';
import { readBack, unlock } from './readBack';
import { ReleaseParts } from './ReleaseAsPerson';
import { RunPerson } from './RunPerson';
import {
  Cause,
  conclude,
  Conclusion,
  MAKES_REVISION,
  succeeded,
  withReadiness,
} from './transitions';
import {
  Claim,
  isWaiting,
  OperationLostError,
  OperationRecord,
  OperationStore,
  OperationWork,
  UnreadableWorkError,
} from './types';

const MAX_OUTPUT_LINES = 200;
/** For the check of a long history. */
const HISTORY_MS = 120_000;
/** How long the database may take for a call. After that, the operation is taken over as that of a silent replica. */
export const STORE_MS = 30_000;

export interface OperationRunOptions {
  access: Pick<OperationAccess, 'enterFor'>;
  /** Returns an auditor for a person who may be absent. */
  auditorOf(userRef: string): AuditorService;
  logger: LoggerService;
  releases: ReleaseParts;
  /** How to wait until the objects are ready; not at all by default. */
  ready?: ReadySettings;
  runner: HelmRuns;
  store: OperationStore;
  timeoutMs: number;
}

/** Why the portal ends a run. */
export type RunEnd =
  | { type: 'cancelled'; by: string }
  /** The portal stops. */
  | { type: 'stopped' }
  /** Another replica works on the operation. */
  | { type: 'lost' };

/** One operation that this replica works on: helm runs, the release is read back, and the end is written. */
export class OperationRun {
  readonly operation: OperationRecord;
  readonly claim: Claim;
  readonly #calls = new BoundedCalls();
  readonly #lineCalls = new BoundedCalls();
  readonly #options: OperationRunOptions;
  readonly #person: RunPerson;
  readonly #end = new AbortController();
  /** Aborted when this replica shall work on the operation no longer, but not when a person cancels. */
  readonly #over = new AbortController();
  #isWaiting = false;
  #cancelledBy?: string;

  constructor(
    operation: OperationRecord,
    claim: Claim,
    options: OperationRunOptions,
  ) {
    this.operation = operation;
    this.claim = claim;
    this.#options = options;
    this.#person = new RunPerson(operation, options);
  }

  /** Whether helm has ended, and the objects are awaited. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Ends helm. The first reason counts, but for the loss of the operation. */
  end(reason: RunEnd): void {
    if (reason.type === 'cancelled') {
      this.#cancelledBy ??= reason.by;
    } else {
      this.#over.abort(reason);
    }
    this.#end.abort(reason);
  }

  /** Runs helm, and ends the operation. */
  async run(): Promise<Conclusion> {
    return this.#audited(async notes => {
      const lines = this.#openLines(0);
      const work = await this.#work();
      Object.assign(notes, archiveOf(work));
      if (!work) {
        return this.#finish(lines, undefined, UNREADABLE, []);
      }
      let result: HelmResult | undefined;
      let cause: Cause;
      try {
        const { reader } = await this.#person.open(
          undefined,
          undefined,
          HISTORY_MS,
        );
        const checked = await assertUnchanged(reader, this.operation, work);
        lines.add('Info', `helm begins: ${this.operation.kind}`);
        result = await this.#runHelm(work, checked, lines);
        const { reason } = this.#end.signal;
        cause = causeOf(
          result,
          this.#person,
          reason?.type === 'cancelled' ? this.#cancelledBy : undefined,
        );
        this.#addOutput(result, lines);
      } catch (error) {
        const { logger } = this.#options;
        const { operation } = this;
        const person = this.#person;
        cause = causeOfFailure(error, { logger, operation, person });
      }
      return this.#finish(lines, work, cause, result?.writes ?? []);
    });
  }

  /** Ends the operation of a replica that stopped. helm does not run again, because hooks cannot be repeated. */
  async recover(): Promise<Conclusion> {
    return this.#audited(async notes => {
      const { store } = this.#options;
      const { revision } = this.operation;
      const lines = this.#openLines(
        await this.#ask(() => store.lastSeq(this.operation.id)),
      );
      if (isWaiting(this.operation) && revision !== undefined) {
        lines.add('Warning', 'The portal stopped. Another replica waits');
        return this.#conclude(lines, succeeded(this.operation, revision));
      }
      lines.add('Warning', 'The portal stopped. The release is read again');
      const work = await this.#work();
      Object.assign(notes, archiveOf(work));
      const end = { type: 'stopped' } as const;
      return this.#finish(lines, work, end, undefined, await this.#changes());
    });
  }

  #audited(
    work: (notes: JsonObject) => Promise<Conclusion>,
  ): Promise<Conclusion> {
    const { operation } = this;
    const auditor = this.#options.auditorOf(operation.person);
    return auditRun({ auditor, operation, person: this.#person }, work);
  }

  /** @returns undefined if the work cannot be decrypted, so that the operation does not hold the release for ever */
  async #work(): Promise<OperationWork | undefined> {
    try {
      return await this.#ask(() => this.#options.store.work(this.claim));
    } catch (error) {
      if (!(error instanceof UnreadableWorkError)) {
        throw error;
      }
      return undefined;
    }
  }

  /** Returns the writes of helm that another replica has recorded. */
  async #changes(): Promise<string[]> {
    const found = await this.#options.store.lines(this.operation.id, {
      after: 0,
      limit: HELM_MAX_LINES,
      levels: ['Change'],
    });
    return found.map(({ text }) => text);
  }

  #openLines(lastSeq: number): OperationLines {
    const { logger, store } = this.#options;
    return new OperationLines({
      claim: this.claim,
      lastSeq,
      onError: error => {
        if (error instanceof OperationLostError) {
          this.end({ type: 'lost' });
        } else {
          logger.error(
            `Lines of the operation ${this.claim.id} could not be written`,
            toError(error),
          );
        }
      },
      store: {
        addLines: (...call) =>
          this.#lineCalls.run(STORE_MS, () => store.addLines(...call)),
      },
    });
  }

  #ask<T>(call: () => Promise<T>): Promise<T> {
    return this.#calls.run(STORE_MS, call);
  }

  async #runHelm(
    work: OperationWork,
    checked: StoredSecret[],
    lines: OperationLines,
  ): Promise<HelmResult> {
    const { runner, timeoutMs } = this.#options;
    const { cluster } = await this.#person.enter();
    const { base: _, chartDigest: __, ...run } = work;
    return runner.run({
      ...run,
      checked,
      mode: 'apply',
      cluster,
      person: this.operation.person,
      token: async () => this.#person.enter(),
      timeoutMs,
      signal: this.#end.signal,
      onLine: ({ level, source, text }) => {
        const plain = { info: 'Change', warning: 'Warning', error: 'Error' };
        lines.add(
          source === 'helm'
            ? 'Output'
            : (plain[level] as 'Change' | 'Warning' | 'Error'),
          redact(text),
        );
      },
    });
  }

  /** The lines of `stderr` have come already. What other commands print holds the values of the release. */
  #addOutput({ stdout }: HelmResult, lines: OperationLines): void {
    if (this.operation.kind === 'test') {
      stdout
        .split('\n')
        .filter(line => line.trim() !== '')
        .slice(-MAX_OUTPUT_LINES)
        .forEach(line => lines.add('Output', redact(line)));
    }
  }

  /** Reads the release back, and marks what stayed pending. */
  async #finish(
    lines: OperationLines,
    work: OperationWork | undefined,
    cause: Cause,
    writes: HelmWrite[] | undefined,
    recorded?: readonly string[],
  ): Promise<Conclusion> {
    await this.#ask(() => this.#options.store.observe(this.claim));
    const ended = { lines, operation: this.operation, person: this.#person };
    const { signal } = this.#over;
    const found = await readBack({ ...ended, recorded, signal, work, writes });
    const conclusion = conclude(this.operation, cause, found);
    await unlock(ended, conclusion);
    return this.#conclude(lines, conclusion);
  }

  /** Waits for the objects, and writes the end. */
  async #conclude(
    lines: OperationLines,
    conclusion: Conclusion,
  ): Promise<Conclusion> {
    await this.#awaitReady(lines, conclusion);
    const { state, message } = conclusion;
    lines.add(state === 'Succeeded' ? 'Info' : 'Error', message);
    await lines.flush();
    await this.#ask(() => this.#options.store.end(this.claim, conclusion));
    return conclusion;
  }

  /** Adds to the end of an operation that made a revision whether the objects became ready. */
  async #awaitReady(
    lines: OperationLines,
    conclusion: Conclusion,
  ): Promise<void> {
    const { ready, store } = this.#options;
    const { revision, state } = conclusion;
    const { operation } = this;
    const { signal } = this.#end;
    if (
      state !== 'Succeeded' ||
      revision === undefined ||
      !MAKES_REVISION.has(operation.kind) ||
      !ready ||
      signal.aborted
    ) {
      return;
    }
    const end = await awaitReady(revision, {
      ...{ lines, operation, person: this.#person, ready, signal },
      onWait: async () => {
        await this.#ask(() => store.awaitObjects(this.claim, revision));
        this.#isWaiting = true;
      },
    });
    const by = this.#cancelledBy;
    Object.assign(
      conclusion,
      withReadiness(operation, conclusion, { ...end, by }),
    );
  }
}

function archiveOf(work: OperationWork | undefined): JsonObject {
  return work?.chartDigest === undefined
    ? {}
    : { chartDigest: work.chartDigest };
}
