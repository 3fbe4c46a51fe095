import {
  mockCredentials,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { options, runAction } from '../__testUtils__';
import { createPersonalNamespaceAction } from './createPersonalNamespaceAction';

const BASE = 'http://localhost:0/api/berth';

const server = setupServer();
registerMswTestHooks(server);

const action = createPersonalNamespaceAction(options);

/** Berth, whose namespace is ready at the given look. */
function berthWith(readyAt: number, offers: object[] = []) {
  const calls: string[] = [];
  const tokens: (string | null)[] = [];
  let looks = 0;
  const answer = (request: Request, body: object, status = 200) => {
    calls.push(
      `${request.method} ${new URL(request.url).pathname.replace(
        '/api/berth',
        '',
      )}`,
    );
    tokens.push(request.headers.get('Authorization'));
    return HttpResponse.json(body, { status });
  };
  const namespace = () => ({
    cluster: 'staging',
    name: 'u-alice',
    ...(looks >= readyAt
      ? { phase: 'Active', state: 'Ready' }
      : {
          phase: 'Pending',
          state: 'Failed',
          message: 'No connection to 10.0.0.1:6443',
        }),
  });
  server.use(
    http.post(`${BASE}/clusters/staging/personal-namespace`, ({ request }) =>
      answer(request, namespace(), 201),
    ),
    http.get(`${BASE}/clusters/staging/namespaces/u-alice`, ({ request }) => {
      looks += 1;
      return answer(request, namespace());
    }),
    http.get(`${BASE}/personal-namespaces`, ({ request }) =>
      answer(request, { items: offers, totalItems: offers.length }),
    ),
  );
  return { calls, tokens };
}

const offer = (change: object) => ({
  cluster: { name: 'staging' },
  name: 'u-alice',
  state: 'absent',
  ...change,
});

describe('berth:personal-namespace:create', () => {
  it('creates the namespace as the person who runs the template, and waits until it is ready', async () => {
    const { calls, tokens } = berthWith(2);
    const { output, log, error } = await runAction(action, {
      cluster: 'staging',
    });
    expect(error).toBeUndefined();
    expect(output).toEqual({
      cluster: 'staging',
      namespace: 'u-alice',
      namespaceUrl: '/berth/clusters/staging/namespaces/u-alice',
    });
    expect(calls).toEqual([
      'POST /clusters/staging/personal-namespace',
      'GET /clusters/staging/namespaces/u-alice',
      'GET /clusters/staging/namespaces/u-alice',
    ]);
    expect(tokens[0]).toBe(
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user('user:default/alice'),
        targetPluginId: 'berth',
      }),
    );
    expect(log.at(-1)).toBe('The namespace u-alice on staging is ready');
  });

  it('goes on at once without a wait', async () => {
    const { calls } = berthWith(1);
    await runAction(action, { cluster: 'staging', wait: false });
    expect(calls).toEqual(['POST /clusters/staging/personal-namespace']);
  });

  it('gives the reason when the time is over', async () => {
    berthWith(Infinity);
    const { error } = await runAction(action, {
      cluster: 'staging',
      timeoutMinutes: 0.0001,
    });
    expect(error?.message).toMatch(
      /^The namespace u-alice on staging is not ready after .*: No connection to/,
    );
  });

  it('creates nothing in a dry run', async () => {
    const { calls } = berthWith(0, [offer({})]);
    const { output, log } = await runAction(
      action,
      { cluster: 'staging' },
      { isDryRun: true },
    );
    expect(calls).toEqual(['GET /personal-namespaces']);
    expect(output.namespace).toBe('u-alice');
    expect(log).toEqual([
      'Dry run: the personal namespace on staging would be u-alice',
    ]);
  });

  it.each([
    [[], /: the person can have none there$/],
    [
      [offer({ state: 'refused', problem: 'The quota is used up' })],
      /: The quota is used up$/,
    ],
    [
      [offer({ state: 'needsName', name: undefined, problem: 'Ask an admin' })],
      /: Ask an admin$/,
    ],
  ])(
    'fails in a dry run where Berth would refuse: %j',
    async (offers, rule) => {
      berthWith(0, offers);
      const { error } = await runAction(
        action,
        { cluster: 'staging' },
        { isDryRun: true },
      );
      expect(error?.message).toMatch(rule);
    },
  );
});
