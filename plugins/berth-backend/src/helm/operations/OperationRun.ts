import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { isError, NotFoundError, toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { decodeJwt } from 'jose';
import { setTimeout as delay } from 'node:timers/promises';
import { callMessage, routeErrorOf } from '../../access/clusterCallErrors';
import { Entry } from '../../access/ClusterEntries';
import { isKubeError, redact } from '../../kube';
import { versionOf } from '../previews/digest';
import { ReleaseError } from '../releases/ReleaseError';
import { markAsFailed } from '../releases/markAsFailed';
import { ReleaseReader } from '../releases/ReleaseReader';
import { HelmResult, HelmRuns, HelmWrite } from '../runner';
import { OperationAccess } from './OperationAccess';
import { OperationLines } from './OperationLines';
import { ReadyPlaces } from './ReadyPlaces';
import { ReadyWatch, ReadyWatchOptions } from './ReadyWatch';
import { openRelease, readReleaseState, ReleaseParts } from './ReleaseAsPerson';
import {
  Cause,
  conclude,
  Conclusion,
  isPending,
  MAKES_REVISION,
  ReleaseState,
  withReadiness,
} from './transitions';
import {
  Claim,
  NewOperation,
  OperationLostError,
  OperationRecord,
  OperationStore,
  OperationWork,
  UnreadableWorkError,
} from './types';

const CALL_MS = 30_000;
/** How often and how long the release is read after the end, if the cluster does not answer. */
const READ_AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];
/** The person's groups, shares and grants are asked again after this time while the objects are awaited. */
const ASK_AGAIN_MS = 30_000;
const MAX_OUTPUT_LINES = 200;

/** The errors that say that the person lost the right. Any other error is a failure of the portal. */
const REFUSALS = new Set([
  'NotAllowedError',
  'NotFoundError',
  'NotImplementedError',
]);

const UNREADABLE: Cause = {
  type: 'refused',
  why: 'What the operation runs cannot be decrypted: the portal has another encryption secret now. Start the operation again',
};

/** helm must not start. */
class RefusedError extends Error {}

export interface OperationRunOptions {
  access: Pick<OperationAccess, 'enterFor'>;
  /** Returns an auditor for a person who may be absent. */
  auditorOf(userRef: string): AuditorService;
  logger: LoggerService;
  releases: ReleaseParts;
  /** How to wait until the objects are ready; not at all by default. */
  ready?: Pick<ReadyWatchOptions, 'pausesMs' | 'timeoutMs'> & {
    places: ReadyPlaces;
  };
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
  readonly #options: OperationRunOptions;
  readonly #end = new AbortController();
  /** Aborted when this replica shall work on the operation no longer, but not when a person cancels. */
  readonly #over = new AbortController();
  readonly #jtis = new Set<string>();
  #isWaiting = false;
  #cancelledBy?: string;
  #lines?: OperationLines;
  #lostRight?: string;

  constructor(
    operation: OperationRecord,
    claim: Claim,
    options: OperationRunOptions,
  ) {
    this.operation = operation;
    this.claim = claim;
    this.#options = options;
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
    return this.#audited(async () => {
      const lines = await this.#openLines(0);
      const work = await this.#work();
      if (!work) {
        return this.#finish(undefined, UNREADABLE, []);
      }
      let result: HelmResult | undefined;
      let cause: Cause;
      try {
        await this.#assertUnchanged(work);
        lines.add('Info', `helm begins: ${this.operation.kind}`);
        result = await this.#runHelm(work, lines);
        cause = this.#causeOf(result);
        this.#addOutput(result, lines);
      } catch (error) {
        cause = this.#failure(error);
      }
      return this.#finish(work, cause, result?.writes ?? []);
    });
  }

  /** Ends the operation of a replica that stopped. helm does not run again, because hooks cannot be repeated. */
  async recover(): Promise<Conclusion> {
    return this.#audited(async () => {
      const { store } = this.#options;
      const lines = await this.#openLines(
        await store.lastSeq(this.operation.id),
      );
      lines.add('Warning', 'The portal stopped. The release is read again');
      return this.#finish(await this.#work(), { type: 'stopped' }, undefined);
    });
  }

  /** @returns undefined if the work cannot be decrypted, so that the operation does not hold the release for ever */
  async #work(): Promise<OperationWork | undefined> {
    try {
      return await this.#options.store.work(this.claim);
    } catch (error) {
      if (!(error instanceof UnreadableWorkError)) {
        throw error;
      }
      return undefined;
    }
  }

  async #openLines(lastSeq: number): Promise<OperationLines> {
    const { logger, store } = this.#options;
    this.#lines = new OperationLines({
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
      store,
    });
    return this.#lines;
  }

  /** Another person may have changed the release while the operation waited. */
  async #assertUnchanged({ base }: OperationWork): Promise<void> {
    const { baseRevision, kind, release } = this.operation;
    const { reader } = await this.#open();
    if (kind === 'install') {
      await assertFree(reader, release);
      return;
    }
    const [latest] = await reader.revisions();
    if (
      latest.revision !== baseRevision ||
      // Helm also uninstalls what is pending.
      (isPending(latest.status) && kind !== 'uninstall') ||
      // The release may have been uninstalled and installed again.
      (base !== undefined && base !== versionOf(latest))
    ) {
      throw new RefusedError(
        `${release} changed while the operation waited: revision ${latest.revision} is ${latest.status}`,
      );
    }
  }

  async #runHelm(
    work: OperationWork,
    lines: OperationLines,
  ): Promise<HelmResult> {
    const { runner, timeoutMs } = this.#options;
    const { cluster } = await this.#enter();
    const { base: _, ...run } = work;
    return runner.run({
      ...run,
      mode: 'apply',
      cluster,
      person: this.operation.person,
      token: async () => this.#enter(),
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

  #causeOf({ ended, exitCode, refused }: HelmResult): Cause {
    const { reason } = this.#end.signal;
    switch (ended) {
      case 'exited': {
        const [first] = refused;
        return {
          type: 'exited',
          ok: exitCode === 0,
          ...(exitCode !== 0 && first && { refused: callOf(first) }),
        };
      }
      case 'cancelled':
        return reason?.type === 'cancelled' && this.#cancelledBy !== undefined
          ? { type: 'cancelled', by: this.#cancelledBy }
          : { type: 'stopped' };
      case 'lost-right':
        return {
          type: 'lost-right',
          why: this.#lostRight ?? 'the portal could not check it',
        };
      default:
        return { type: ended };
    }
  }

  /** helm did not start. */
  #failure(error: unknown): Cause {
    if (this.#lostRight !== undefined) {
      return { type: 'lost-right', why: this.#lostRight };
    }
    if (error instanceof RefusedError) {
      return { type: 'refused', why: error.message };
    }
    const { cluster } = this.operation;
    this.#options.logger.warn(
      `The operation ${this.claim.id} on ${cluster} could not run helm`,
      toError(error),
    );
    return {
      type: 'refused',
      why: isKubeError(error)
        ? callMessage(error, cluster)
        : 'The portal could not run helm. Its log has the reason',
    };
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

  /** Reads the release back, marks what stayed pending, and writes the end. */
  async #finish(
    work: OperationWork | undefined,
    cause: Cause,
    writes: HelmWrite[] | undefined,
  ): Promise<Conclusion> {
    const { store } = this.#options;
    await store.observe(this.claim);
    const found = await this.#readBack(work, writes);
    const conclusion = conclude(this.operation, cause, found);
    await this.#unlock(conclusion);
    await this.#awaitReady(conclusion);
    const { state, message } = conclusion;
    this.#lines?.add(state === 'Succeeded' ? 'Info' : 'Error', message);
    await this.#lines?.flush();
    await store.end(this.claim, conclusion);
    return conclusion;
  }

  async #readBack(
    work: OperationWork | undefined,
    writes: HelmWrite[] | undefined,
  ): Promise<ReleaseState | undefined> {
    for (const wait of [...READ_AGAIN_MS, undefined]) {
      try {
        const { reader } = await this.#open();
        return await readReleaseState(reader, this.operation, work, writes);
      } catch (error) {
        const { signal } = this.#over;
        const isLast = wait === undefined || signal.aborted;
        if (isLast || isRefusal(routeErrorOf(error, this.operation.cluster))) {
          this.#lines?.add('Warning', 'The release could not be read');
          return undefined;
        }
        this.#lines?.add(
          'Warning',
          `${this.operation.cluster} does not answer. The release is read again`,
        );
        await delay(wait, undefined, { signal }).catch(() => {});
      }
    }
    return undefined;
  }

  async #unlock(conclusion: Conclusion): Promise<void> {
    const { unlock: revision, state } = conclusion;
    if (revision === undefined) {
      return;
    }
    try {
      const { reader, client } = await this.#open();
      await markAsFailed(reader, client, {
        revision,
        description: `${state} in the portal`,
        signal: AbortSignal.timeout(CALL_MS),
      });
      this.#lines?.add('Info', `Revision ${revision} is marked as failed`);
    } catch (error) {
      const reason = routeErrorOf(error, this.operation.cluster);
      conclusion.advice = `Revision ${revision} is still pending, and helm refuses other changes until it is marked as failed`;
      this.#lines?.add(
        'Warning',
        `Revision ${revision} could not be marked as failed: ${
          isError(reason) ? redact(reason.message) : 'unknown'
        }`,
      );
    }
  }

  /**
   * Waits until the objects of a new revision are ready. helm has ended, so the operation succeeds in any case, and
   * others may run meanwhile.
   */
  async #awaitReady(conclusion: Conclusion): Promise<void> {
    const { ready } = this.#options;
    const { revision, state } = conclusion;
    const { kind, person } = this.operation;
    const { signal } = this.#end;
    if (
      state !== 'Succeeded' ||
      revision === undefined ||
      !MAKES_REVISION.has(kind) ||
      !ready ||
      signal.aborted
    ) {
      return;
    }
    const giveBack = ready.places.take(person);
    if (!giveBack) {
      const words = withReadiness(this.operation, conclusion, { type: 'full' });
      Object.assign(conclusion, words);
      return;
    }
    this.#lines?.add('Info', 'helm has ended. Berth waits for the objects');
    this.#isWaiting = true;
    let entry: { entered: Entry; until: number } | undefined;
    const watch = new ReadyWatch({
      lines: { add: (level, text) => this.#lines?.add(level, redact(text)) },
      open: async () => {
        if (!entry || entry.until < performance.now()) {
          const entered = await this.#enter();
          entry = { entered, until: performance.now() + ASK_AGAIN_MS };
        }
        return this.#openAs(
          entry.entered,
          AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]),
        );
      },
      mayPass: error =>
        !(error instanceof ReleaseError) &&
        !isRefusal(routeErrorOf(error, this.operation.cluster)),
      signal,
      ...ready,
    });
    const end = await watch.run(revision).finally(giveBack);
    Object.assign(
      conclusion,
      withReadiness(this.operation, conclusion, {
        ...end,
        by: this.#cancelledBy,
      }),
    );
  }

  async #open() {
    return this.#openAs(await this.#enter());
  }

  async #openAs(entry: Entry, signal = AbortSignal.timeout(CALL_MS)) {
    return openRelease(this.#options.releases, {
      userRef: this.operation.person,
      entry,
      address: this.operation,
      signal,
    });
  }

  /** Asks everything again: the person's groups, the shares, the grants and what the policy said. */
  async #enter(): Promise<Entry> {
    try {
      const entry = await this.#options.access.enterFor(this.operation);
      const jti = jtiOf(entry.token);
      if (jti !== undefined) {
        this.#jtis.add(jti);
      }
      return entry;
    } catch (error) {
      this.#lostRight = isRefusal(error)
        ? error.message
        : 'the portal could not check it';
      throw error;
    }
  }

  /** Without an entry in the activity log, helm does not start. */
  async #audited(work: () => Promise<Conclusion>): Promise<Conclusion> {
    const { auditorOf } = this.#options;
    const { operation } = this;
    const event = await auditorOf(operation.person).createEvent({
      eventId: `helm-${operation.kind}`,
      severityLevel: 'medium',
      meta: auditMeta(operation),
    });
    try {
      const conclusion = await work();
      const { state, message, revision } = conclusion;
      const meta: JsonObject = {
        state,
        ...(revision !== undefined && { revision }),
        jtis: [...this.#jtis],
      };
      await (state === 'Succeeded'
        ? event.success({ meta })
        : event.fail({ error: new Error(message), meta }));
      return conclusion;
    } catch (error) {
      await event.fail({
        error: toError(error),
        meta: { jtis: [...this.#jtis] },
      });
      throw error;
    }
  }
}

/** @throws RefusedError if there is such a release */
async function assertFree(
  reader: ReleaseReader,
  release: string,
): Promise<void> {
  const found = await reader.revisions().catch(error => {
    if (error instanceof NotFoundError) {
      return [];
    }
    throw error;
  });
  if (found.length > 0) {
    throw new RefusedError(
      `Someone installed ${release} while the operation waited: revision ${found[0].revision} is ${found[0].status}`,
    );
  }
}

/** Names no object, because people see it who may not read Secrets. */
function callOf({ verb, group, resource }: HelmResult['refused'][number]) {
  return `${verb} ${resource}${group === '' ? '' : `.${group}`}`;
}

/** The activity log names tokens by their IDs. */
function jtiOf(token: string): string | undefined {
  try {
    return decodeJwt(token).jti;
  } catch {
    return undefined;
  }
}

function isRefusal(error: unknown): error is Error {
  return isError(error) && REFUSALS.has(error.name);
}

/** What the activity log says about an operation. */
export function auditMeta(operation: NewOperation): JsonObject {
  const { cluster, clusterId, namespace, release } = operation;
  const { id, kind, baseRevision, targetRevision, chart, digest } = operation;
  return {
    ...{ cluster, clusterId, namespace, release, operation: id, kind },
    ...{ baseRevision, digest },
    ...(targetRevision !== undefined && { targetRevision }),
    ...(chart && { chart: `${chart.name} ${chart.version}` }),
    ...(chart?.repository !== undefined && { repository: chart.repository }),
  };
}
