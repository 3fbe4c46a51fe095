import { LogLine } from '@berth/plugin-berth-common';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { Agent, request } from 'undici';
import { setTimeout as delay } from 'node:timers/promises';
import { LogsUnderTest, textLines } from './__testUtils__/LogsUnderTest';

const NAMESPACE = 'logs';
const DEPLOYMENT = `apps/deployments/web/logs?namespace=${NAMESPACE}`;

jest.setTimeout(60_000);

describe('logs of a cluster', () => {
  let sandbox: SandboxCluster;
  let logs: LogsUnderTest;

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'one', podStepMs: 5 });
    logs = await LogsUnderTest.start(sandbox, { discovery: 100, review: 50 });
    await call('POST', '/api/v1/namespaces', { metadata: { name: NAMESPACE } });
    await eventually(() =>
      call('GET', `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/default`),
    );
    await call('POST', `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`, {
      metadata: { name: 'web' },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'web' } },
        template: template('web', 'app', 'proxy'),
      },
    });
    // The labels of the deployment do not make this pod one of its pods.
    await pod('stranger', { app: 'web' });
    await eventually(async () => (await running()).length === 3);
  });

  beforeEach(() => {
    logs.events.length = 0;
  });

  afterAll(async () => {
    await logs?.stop();
    await sandbox?.stop();
  });

  function template(app: string, ...containers: string[]) {
    return {
      metadata: { labels: { app } },
      spec: {
        containers: containers.map(name => ({ name, image: 'example/web:1' })),
      },
    };
  }

  async function call(method: string, path: string, body?: object) {
    const dispatcher = new Agent({ connect: { ca: sandbox.caPem } });
    try {
      const answer = await request(`${sandbox.apiServer}${path}`, {
        method: method as 'GET',
        dispatcher,
        headers: {
          authorization: `Bearer ${sandbox.adminToken}`,
          'content-type':
            method === 'PATCH'
              ? 'application/merge-patch+json'
              : 'application/json',
        },
        body: body && JSON.stringify(body),
      });
      const text = await answer.body.text();
      return answer.statusCode < 300 ? JSON.parse(text) : undefined;
    } finally {
      await dispatcher.destroy();
    }
  }

  function pod(name: string, labels: object) {
    return call('POST', `/api/v1/namespaces/${NAMESPACE}/pods`, {
      metadata: { name, labels, ownerReferences: [] },
      spec: {
        nodeName: 'node-1',
        containers: [{ name: 'app', image: 'example/web:1' }],
      },
    });
  }

  async function running(): Promise<any[]> {
    const { items } = await call('GET', `/api/v1/namespaces/${NAMESPACE}/pods`);
    return items.filter((one: any) => one.status.phase === 'Running');
  }

  async function eventually(holds: () => Promise<unknown>) {
    for (let attempt = 0; attempt < 1_600; attempt += 1) {
      if (await holds()) {
        return;
      }
      await delay(25);
    }
    throw new Error('it did not come to hold');
  }

  const read = (path: string, isLast?: (line: LogLine) => boolean) =>
    logs.read(path, sandbox.adminToken, isLast);
  const sourcesOf = (lines: LogLine[]) =>
    lines.filter(line => line.type === 'source');

  it('has the logs of all containers of the pods that a deployment owns', async () => {
    const lines = await read(DEPLOYMENT);
    const sources = sourcesOf(lines);
    expect(sources.map(({ container }) => container).sort()).toEqual([
      'app',
      'app',
      'proxy',
      'proxy',
    ]);
    expect(sources.map(({ pod: name }) => name)).not.toContain('stranger');
    const texts = textLines(lines);
    expect(new Set(texts.map(([id]) => id)).size).toBe(4);
    expect(texts.map(([, , text]) => text)).toContain('INFO app: starting');
    const times = texts.map(([, time]) => time);
    expect(times).toEqual([...times].sort());
    expect(times[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(lines.slice(-1)).toEqual([{ type: 'end', reason: 'complete' }]);
    expect(logs.events).toEqual([
      {
        eventId: 'pod-log',
        outcome: 'success',
        meta: expect.objectContaining({
          cluster: 'prod01',
          namespace: NAMESPACE,
          name: 'web',
          resource: 'deployments.apps/log',
        }),
      },
    ]);
    expect(logs.streams.open).toBe(0);
  });

  it('has the log of one container of one pod, and only its last lines', async () => {
    const [{ metadata }] = await running();
    const path = `core/pods/${metadata.name}/logs?namespace=${NAMESPACE}`;
    const lines = await read(`${path}&container=app&tail=1`);
    expect(sourcesOf(lines)).toHaveLength(1);
    expect(textLines(lines)).toHaveLength(1);
  });

  it('follows, and announces the pods that start meanwhile', async () => {
    const before = new Set((await running()).map(one => one.metadata.name));
    let scaled = false;
    const lines = await read(
      `${DEPLOYMENT}&follow=true&container=app`,
      line => {
        if (line.type === 'lines' && !scaled) {
          scaled = true;
          void call(
            'PATCH',
            `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/web`,
            { spec: { replicas: 3 } },
          );
        }
        return line.type === 'lines' && line.lines.some(([id]) => id === 3);
      },
    );
    const added = sourcesOf(lines).find(({ id }) => id === 3)!;
    expect(before.has(added.pod)).toBe(false);
    // From its first line on.
    expect(textLines(lines).find(([id]) => id === 3)).toEqual([
      3,
      expect.any(String),
      'INFO app: starting',
    ]);
    await eventually(async () => logs.streams.open === 0);
  });

  it('continues a log without a gap and without doubles', async () => {
    const [{ metadata }] = await running();
    const path = `core/pods/${metadata.name}/logs?namespace=${NAMESPACE}&container=app`;
    const first = textLines(await read(path));
    const [, last] = first[first.length - 1];
    const resume = encodeURIComponent(`${metadata.name}/app@${last}`);
    const next = textLines(
      await read(
        `${path}&resume=${resume}&follow=true`,
        line =>
          line.type === 'lines' && line.lines.some(([, time]) => time > last),
      ),
    );
    // The line of that time comes again, since there may be more of the same time.
    expect(next[0]).toEqual(first[first.length - 1]);
    expect(next.filter(([, time]) => time < last)).toEqual([]);
    expect(next[1][1] > last).toBe(true);
  });

  it('has the log of the run before, and says why a container has none', async () => {
    await pod('crashing', {});
    await eventually(async () =>
      (await running()).some(one => one.metadata.name === 'crashing'),
    );
    const path = `core/pods/crashing/logs?namespace=${NAMESPACE}&previous=true`;
    expect(await read(path)).toEqual([
      expect.objectContaining({ type: 'source', restarted: false }),
      {
        type: 'ended',
        id: 1,
        reason: 'The container did not restart, so it has no previous log',
      },
      { type: 'end', reason: 'complete' },
    ]);
    await call(
      'PATCH',
      `/api/v1/namespaces/${NAMESPACE}/pods/crashing/status`,
      {
        status: {
          containerStatuses: [
            {
              name: 'app',
              restartCount: 1,
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: {
                terminated: {
                  exitCode: 1,
                  startedAt: '2026-01-31T18:00:00Z',
                  finishedAt: '2026-01-31T18:00:02Z',
                },
              },
            },
          ],
        },
      },
    );
    const lines = await read(path);
    expect(textLines(lines).map(([, , text]) => text)).toEqual([
      'INFO app: starting',
      'INFO app: listening on :8080',
      'INFO app: ready to serve',
    ]);
  });

  it('says why a container does not run yet', async () => {
    await pod('pulling', {});
    await eventually(async () =>
      (await running()).some(one => one.metadata.name === 'pulling'),
    );
    await call('PATCH', `/api/v1/namespaces/${NAMESPACE}/pods/pulling/status`, {
      status: {
        containerStatuses: [
          { name: 'app', state: { waiting: { reason: 'ImagePullBackOff' } } },
        ],
      },
    });
    const lines = await read(
      `core/pods/pulling/logs?namespace=${NAMESPACE}&follow=true`,
      ({ type }) => type === 'waiting',
    );
    expect(lines.slice(-1)).toEqual([
      {
        type: 'waiting',
        id: 1,
        reason: 'The container has not started: ImagePullBackOff',
      },
    ]);
  });

  it('downloads whole logs as text, one after the other', async () => {
    const response = await logs.get(
      `${DEPLOYMENT}&container=app&download=true`,
      {
        token: sandbox.adminToken,
      },
    );
    expect(response.headers.get('content-type')).toBe(
      'text/plain; charset=utf-8',
    );
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="web.log"',
    );
    const text = await response.text();
    expect(text.match(/^==> web-.*\/app <==$/gm)!.length).toBeGreaterThan(1);
    expect(text).toMatch(/^\S+Z INFO app: starting$/m);
  });

  it('ends before the token does', async () => {
    logs.tokenLifetime = 5_300;
    try {
      const lines = await read(`${DEPLOYMENT}&follow=true`);
      expect(textLines(lines)).not.toEqual([]);
      expect(lines.slice(-1)).toEqual([{ type: 'end', reason: 'token' }]);
    } finally {
      logs.tokenLifetime = 600_000;
    }
  });

  it.each([
    [404, `apps/deployments/none/logs?namespace=${NAMESPACE}`, '"none"'],
    [404, `core/services/web/logs?namespace=${NAMESPACE}`, 'services have no'],
    [400, 'apps/deployments/web/logs', 'namespace'],
    [400, `${DEPLOYMENT}&tail=0`, 'tail'],
    [400, `${DEPLOYMENT}&resume=x`, 'resume'],
    [400, `${DEPLOYMENT}&download=true&follow=true`, 'follow'],
  ])('answers %d for %s', async (status, path, words) => {
    const response = await logs.get(path, { token: sandbox.adminToken });
    expect(response.status).toBe(status);
    expect((await response.json()).error.message).toContain(words);
  });

  it('limits the answers that a person has open', async () => {
    const open = await Promise.all(
      [1, 2, 3].map(async () => {
        const lines = logs.lines(
          `${DEPLOYMENT}&follow=true`,
          sandbox.adminToken,
        );
        await lines.next();
        return lines;
      }),
    );
    const response = await logs.get(DEPLOYMENT, { token: sandbox.adminToken });
    expect(response.status).toBe(429);
    await Promise.all(open.map(lines => lines.return(undefined)));
    await eventually(async () => logs.streams.open === 0);
  });
});
