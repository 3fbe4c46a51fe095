import {
  HelmOperation,
  HelmOperationLine,
  HelmOperationRequest,
  HelmOperationState,
  HelmPreview,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';

const BASE = 'http://localhost:0/api/berth';
const RELEASE = `${BASE}/clusters/:cluster/namespaces/:namespace/releases/:release`;
const OPERATION = `${BASE}/helm/operations/:id`;

const PREVIEW: HelmPreview = {
  digest: 'seen',
  changes: {
    values: '+replicas: 3',
    notes: '',
    items: [
      { kind: 'Deployment', name: 'shop', change: 'added', diff: '+planted' },
    ],
  },
  ...{ rights: [], conflicts: [], warnings: [], refusals: [] },
};

/** The routes of Helm, at the address of mocked discovery. An operation takes one state at each look. */
export class FakeHelm {
  readonly server = setupServer();
  readonly calls: string[] = [];
  readonly bodies: any[] = [];
  readonly tokens = new Set<string | null>();
  readonly operations = new Map<string, HelmOperation>();
  namespaceExists = true;
  preview: Partial<HelmPreview> = {};
  release?: Partial<HelmReleaseView>;
  /** The states of the next operation. The last one stays. */
  states: HelmOperationState[] = ['Running', 'Succeeded'];
  end: Partial<HelmOperation> = { revision: 1 };
  lines: Pick<HelmOperationLine, 'level' | 'text'>[] = [];
  /** Called at each look at an operation that has started. */
  onLook?: () => void;
  /** Called when the request that starts an operation is on its way. */
  onStart?: () => Promise<void>;
  /** Whether the answer to the request that starts an operation is lost. */
  losesAnswer = false;
  #left: HelmOperationState[] = [];

  /** Begins again with another state of the cluster. */
  reset(state: Partial<FakeHelm> = {}): void {
    this.calls.length = 0;
    this.bodies.length = 0;
    this.operations.clear();
    Object.assign(this, {
      ...{ namespaceExists: true, preview: {}, release: undefined, lines: [] },
      ...{ states: ['Running', 'Succeeded'], end: { revision: 1 } },
      onLook: undefined,
      ...{ onStart: undefined, losesAnswer: false },
      ...state,
    });
    this.#serve();
  }

  #serve(): void {
    const noted =
      <Answer>(answer: (params: any, body: any) => Answer | Promise<Answer>) =>
      async ({ request, params }: { request: Request; params: object }) => {
        const { pathname } = new URL(request.url);
        this.calls.push(
          `${request.method} ${pathname.replace('/api/berth', '')}`,
        );
        this.tokens.add(request.headers.get('Authorization'));
        const text = await request.text();
        const body = text === '' ? undefined : JSON.parse(text);
        if (body) {
          this.bodies.push(body);
        }
        return answer(params, body);
      };
    this.server.use(
      http.get(
        `${BASE}/clusters/:cluster/namespaces/:namespace`,
        noted(() => (this.namespaceExists ? json({}) : missing())),
      ),
      http.get(
        RELEASE,
        noted(() => (this.release ? json(this.release) : missing())),
      ),
      http.post(
        `${BASE}/helm/previews`,
        noted(() => json({ ...PREVIEW, ...this.preview })),
      ),
      http.put(
        OPERATION,
        noted(async ({ id }, body) => {
          await this.onStart?.();
          const operation = this.#start(id, body);
          return json(operation, this.losesAnswer ? 502 : 202);
        }),
      ),
      http.get(
        OPERATION,
        noted(({ id }) => {
          const operation = this.operations.get(id);
          return operation ? json(this.#next(operation)) : missing();
        }),
      ),
      http.get(
        `${OPERATION}/lines`,
        noted(() => json(this.#lines())),
      ),
      http.delete(
        OPERATION,
        noted(({ id }) =>
          this.operations.has(id)
            ? json(this.operations.get(id)!, 202)
            : missing(),
        ),
      ),
    );
  }

  #start(id: string, { kind }: HelmOperationRequest): HelmOperation {
    this.#left = [...this.states];
    const operation: HelmOperation = {
      ...{ id, kind, cluster: 'staging', namespace: 'shop', release: 'shop' },
      ...{ state: 'Queued', startedBy: 'user:default/alice', mine: true },
      ...{ baseRevision: 0, createdAt: '2026-11-21T10:00:00Z', options: {} },
    };
    this.operations.set(id, operation);
    return operation;
  }

  #next(operation: HelmOperation): HelmOperation {
    this.onLook?.();
    const state = this.#left.shift() ?? operation.state;
    const next = {
      ...operation,
      ...(this.#left.length === 0 && this.end),
      state,
    };
    this.operations.set(operation.id, next);
    return next;
  }

  #lines() {
    const items = this.lines.map((line, index) => ({
      ...line,
      seq: index + 1,
      at: '2026-11-21T10:00:00Z',
    }));
    this.lines = [];
    return { items };
  }
}

function json(body: object, status = 200) {
  return HttpResponse.json(body as Record<string, unknown>, { status });
}

function missing() {
  return json(
    {
      error: { name: 'NotFoundError', message: 'It does not exist' },
      response: { statusCode: 404 },
    },
    404,
  );
}
