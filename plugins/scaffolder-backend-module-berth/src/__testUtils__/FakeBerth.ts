import { AccessRequest, RequestSpec } from '@berth/plugin-berth-common';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';

const BASE = 'http://localhost:0/api/berth';

/** The state of a request that the fake returns at one look. */
export type Look = Partial<Pick<AccessRequest, 'state' | 'steps' | 'spec'>>;

export interface Call {
  method: string;
  path: string;
  token: string | null;
  body?: unknown;
}

/** The routes of requests, at the address of mocked discovery. */
export class FakeBerth {
  readonly calls: Call[] = [];
  readonly server = setupServer();
  #looks: (Look | { status: number; message: string })[] = [];

  /** Sets the answers: the first at the creation, the next ones at each look. The last one repeats. */
  says(...looks: (Look | { status: number; message: string })[]): void {
    this.#looks = looks;
    this.calls.length = 0;
    let spec: RequestSpec;
    const next = () => {
      const look =
        this.#looks.length > 1 ? this.#looks.shift()! : this.#looks[0];
      if ('status' in look) {
        return HttpResponse.json(
          {
            error: { name: 'Error', message: look.message },
            response: { statusCode: look.status },
          },
          { status: look.status },
        );
      }
      return HttpResponse.json(requestOf(spec, look));
    };
    this.server.use(
      http.post(`${BASE}/requests`, async ({ request }) => {
        const body = (await request.json()) as RequestSpec;
        this.#note(request, body);
        spec = body;
        return new URL(request.url).searchParams.has('dryRun')
          ? HttpResponse.json({
              outcome: 'NeedsApproval',
              reasons: ['medium is larger than what is approved at once'],
              approvers: ['group:default/platform'],
            })
          : next();
      }),
      http.get(`${BASE}/requests/:id`, ({ request }) => {
        this.#note(request);
        return next();
      }),
    );
  }

  #note(request: Request, body?: unknown): void {
    const { pathname, search } = new URL(request.url);
    this.calls.push({
      method: request.method,
      path: `${pathname}${search}`.replace('/api/berth', ''),
      token: request.headers.get('Authorization'),
      body,
    });
  }
}

export function step(
  state: AccessRequest['state'],
  reason?: string,
  by = 'system:requests',
) {
  return { state, by, reason, at: '2026-11-21T10:00:00.000Z' };
}

function requestOf(submitted: RequestSpec, look: Look): AccessRequest {
  const { idempotencyKey: _, ...spec } = submitted as RequestSpec & {
    idempotencyKey?: string;
  };
  return {
    id: '01REQUEST',
    spec,
    state: 'Submitted',
    requester: 'user:default/alice',
    createdAt: '2026-11-21T10:00:00.000Z',
    updatedAt: '2026-11-21T10:00:00.000Z',
    steps: [step('Submitted', undefined, 'user:default/alice')],
    may: { decide: false, withdraw: true, submit: false, retry: false },
    ...look,
  };
}
