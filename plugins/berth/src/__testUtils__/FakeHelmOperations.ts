import {
  HelmOperation,
  HelmOperationLine,
  HelmOperationLines,
  HelmOperationQuery,
  HelmOperationRequest,
  HelmPreview,
  HelmReleaseAddress,
  HelmRequest,
  HelmWriting,
  isHelmOperationLive,
  Page,
} from '@berth/plugin-berth-common';
import { FakeHelm, releaseKey } from './FakeHelm';
import { responseError } from './responseError';

const NOTHING: HelmPreview = {
  digest: 'sha256:preview',
  rights: [],
  conflicts: [],
  warnings: [],
  refusals: [],
};

/** The part of `FakeBerthApi` that changes Helm releases. Operations stay as they are until a test advances them. */
export class FakeHelmOperations extends FakeHelm {
  helmWriting: HelmWriting = {
    writable: true,
    version: 'v4.2.3',
    sandbox: 'Limits of processor time, memory and files',
  };
  /** What the previews of a kind show. */
  readonly helmPreviews: Partial<
    Record<HelmRequest['kind'], Partial<HelmPreview>>
  > = {};
  /** Why there are no previews of releases, by `releaseKey`. */
  readonly helmPreviewProblems = new Map<string, string>();
  /** The previews that were asked for, the latest last. */
  readonly previewed: HelmRequest[] = [];
  /** The operations, the latest first. */
  readonly operations: HelmOperation[] = [];
  /** What was asked to start operations, by id. */
  readonly started = new Map<string, HelmOperationRequest>();
  /** The pending revisions that were marked as failed, the latest last. */
  readonly unlocked: (HelmReleaseAddress & { revision: number })[] = [];
  /** How many operations may wait for their turn. */
  helmRoom = Infinity;
  readonly #lines = new Map<string, HelmOperationLine[]>();

  /** Adds an operation, such as one of another person. */
  addOperation(operation: HelmOperation): void {
    this.operations.unshift(operation);
  }

  /** Changes an operation, and adds lines to it. */
  advanceOperation(
    id: string,
    change: Partial<HelmOperation>,
    lines: Pick<HelmOperationLine, 'level' | 'text'>[] = [],
  ): void {
    const index = this.operations.findIndex(one => one.id === id);
    this.operations[index] = { ...this.operations[index], ...change };
    const known = this.#lines.get(id) ?? [];
    this.#lines.set(id, [
      ...known,
      ...lines.map((line, place) => ({
        ...line,
        seq: known.length + place + 1,
        at: new Date().toISOString(),
      })),
    ]);
  }

  async getHelmWriting(): Promise<HelmWriting> {
    return this.helmWriting;
  }

  async previewHelmOperation(request: HelmRequest): Promise<HelmPreview> {
    await this.#assertCurrent(request);
    this.previewed.push(request);
    const problem = this.helmPreviewProblems.get(releaseKey(request));
    if (problem !== undefined) {
      throw await responseError(403, problem);
    }
    return { ...NOTHING, ...this.helmPreviews[request.kind] };
  }

  async startHelmOperation(
    id: string,
    request: HelmOperationRequest,
  ): Promise<HelmOperation> {
    const known = this.started.get(id);
    if (known) {
      if (JSON.stringify(known) !== JSON.stringify(request)) {
        throw await responseError(409, `${id} is the id of another operation`);
      }
      return this.getHelmOperation(id);
    }
    await this.#assertCurrent(request);
    const key = releaseKey(request);
    const running = this.operations.find(
      one => releaseKey(one) === key && isHelmOperationLive(one.state),
    );
    if (running) {
      throw await responseError(
        409,
        `${running.startedBy} runs the operation ${running.kind} on ${request.release} (${running.id})`,
      );
    }
    const { kind, cluster, namespace, release } = request;
    const baseRevision = request.kind === 'install' ? 0 : request.baseRevision;
    const { digest = NOTHING.digest } = this.helmPreviews[kind] ?? {};
    if (request.previewDigest !== digest) {
      throw await responseError(
        409,
        `${release} changed since you looked at the preview`,
      );
    }
    const chart =
      ('chart' in request && request.chart) ||
      this.releases.get(key)?.views.at(-1)?.chart;
    const queued = this.operations.filter(({ state }) => state === 'Queued');
    if (queued.length >= this.helmRoom) {
      throw await responseError(429, `${queued.length} operations wait`);
    }
    this.started.set(id, request);
    this.addOperation({
      ...{ id, kind, cluster, namespace, release, baseRevision },
      ...(request.kind === 'rollback' && { targetRevision: request.revision }),
      state: 'Queued',
      startedBy: 'user:default/alice',
      mine: true,
      createdAt: new Date().toISOString(),
      ...(chart && {
        chart: {
          ...('repository' in chart && { repository: chart.repository }),
          ...{ name: chart.name, version: chart.version },
        },
      }),
      options: request.options ?? {},
    });
    return this.getHelmOperation(id);
  }

  async listHelmOperations(
    query: HelmOperationQuery = {},
  ): Promise<Page<HelmOperation>> {
    const includes = (asked: string | string[] | undefined, value: string) =>
      asked === undefined || [asked].flat().includes(value);
    return {
      items: this.operations.filter(
        one =>
          includes(query.cluster, one.cluster) &&
          includes(query.namespace, one.namespace) &&
          includes(query.release, one.release) &&
          includes(query.state, one.state),
      ),
    };
  }

  async getHelmOperation(id: string): Promise<HelmOperation> {
    const found = this.operations.find(one => one.id === id);
    if (!found) {
      throw await responseError(404, `There is no operation ${id}`);
    }
    return found;
  }

  async getHelmOperationLines(
    id: string,
    after = 0,
  ): Promise<HelmOperationLines> {
    const { mine, state } = await this.getHelmOperation(id);
    const items = (this.#lines.get(id) ?? []).filter(
      ({ seq, level }) => seq > after && (mine || level !== 'Output'),
    );
    return {
      items,
      ...(isHelmOperationLive(state) && { next: items.at(-1)?.seq ?? after }),
    };
  }

  async cancelHelmOperation(id: string): Promise<HelmOperation> {
    const { state } = await this.getHelmOperation(id);
    if (!isHelmOperationLive(state)) {
      throw await responseError(409, `The operation ${id} has ended`);
    }
    this.advanceOperation(
      id,
      state === 'Queued'
        ? { state: 'Cancelled', endedAt: new Date().toISOString() }
        : { cancelling: true },
    );
    return this.getHelmOperation(id);
  }

  async unlockRelease(
    address: HelmReleaseAddress,
    revision: number,
  ): Promise<void> {
    const release = this.releases.get(releaseKey(address));
    const view = release?.views.find(one => one.revision === revision);
    if (!view?.status.startsWith('pending-')) {
      throw await responseError(
        409,
        `Revision ${revision} of ${address.release} is not pending`,
      );
    }
    view.status = 'failed';
    this.unlocked.push({ ...address, revision });
  }

  async #assertCurrent(request: HelmRequest): Promise<void> {
    if (request.kind === 'install') {
      return;
    }
    const { revision } = await this.getRelease(request);
    if (revision !== request.baseRevision) {
      throw await responseError(
        409,
        `${request.release} is at revision ${revision}, and you looked at revision ${request.baseRevision}`,
      );
    }
  }
}
