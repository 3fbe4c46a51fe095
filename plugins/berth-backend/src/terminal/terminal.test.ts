import signalsPlugin from '@backstage/plugin-signals-backend';
import { TerminalTicket } from '@berth/plugin-berth-common';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { CallerName, TEAM_A, TEAM_B } from '../contract/__testUtils__/people';
import { Portal, startPortal } from '../contract/__testUtils__/startPortal';
import { startTerminalPortal } from './__testUtils__/startTerminalPortal';
import { TestPage } from './__testUtils__/TestPage';
import { TERMINAL_TIMES } from './SessionLimits';

jest.setTimeout(60_000);

const PATH =
  '/api/berth/clusters/prod/namespaces/shop/pods/web/terminal' as const;
const MAIN = { container: 'main', shell: 'auto' };

describe('terminals', () => {
  let portal: Portal;

  beforeAll(async () => {
    ({ portal } = await startTerminalPortal({
      features: [signalsPlugin],
    }));
    await started();
  });

  afterAll(() => portal.stop());

  const ask = (caller: CallerName, body: object = MAIN, path: string = PATH) =>
    portal.call(caller, 'POST', path, { body });

  async function ticket(caller: CallerName = 'member'): Promise<string> {
    const { status, text, body } = await ask(caller);
    if (status !== 201) {
      throw new Error(text);
    }
    return (body as TerminalTicket).ticket;
  }

  const socketUrl = () => portal.url.replace('http', 'ws');

  const page = (given: string, origin: string | undefined = portal.url) =>
    new TestPage(`${socketUrl()}/api/berth/terminal`, given, origin);

  /** Waits until the container runs. */
  async function started(): Promise<void> {
    const shell = page(await ticket());
    await shell.opened();
    shell.socket.close();
    if (shell.messages[0].type !== 'open') {
      await started();
    }
  }

  async function events(): Promise<any[]> {
    const { items } = await portal.admin(
      'GET',
      '/activity?cluster=prod&limit=200',
    );
    return items.filter(({ event }: any) => event.startsWith('terminal-'));
  }

  it('S60 opens a shell for a ticket, as the person, and records it without what was typed or shown', async () => {
    const given = await ticket();
    const shell = page(given);
    await shell.opened();
    expect(shell.messages).toEqual([{ type: 'open' }]);
    expect(shell.socket.protocol).toBe('berth.terminal.v1');
    shell.resize(120, 40);
    shell.type('stty size\r');
    await shell.until(({ shown }) => shown.includes('40 120'));
    shell.type('echo hunter2 at work\r');
    await shell.until(({ shown }) => shown.includes('\r\nhunter2 at work\r\n'));
    shell.type('exit 3\r');
    expect(await shell.closed()).toEqual({
      type: 'end',
      cause: 'Exited',
      message: 'The shell ended with code 3',
    });
    const [close, open] = await events();
    const subject = {
      actor: 'user:default/member',
      cluster: 'prod',
      namespace: 'shop',
      outcome: 'Succeeded',
    };
    expect(open).toMatchObject({ ...subject, event: 'terminal-open' });
    expect(close).toMatchObject({
      ...subject,
      event: 'terminal-close',
      meta: {
        pod: 'web',
        container: 'main',
        shell: 'auto',
        cause: 'Exited',
        bytesIn: 'stty size\recho hunter2 at work\rexit 3\r'.length,
        bytesOut: expect.any(Number),
        seconds: expect.any(Number),
      },
    });
    const text = JSON.stringify([open, close]);
    expect(text).not.toMatch(/hunter2|stty|eyJ|mock-user-token/);
    expect(text).not.toContain(given);
  });

  it('S60 takes a ticket once, and refuses all others alike', async () => {
    const given = await ticket();
    const shell = page(given);
    await shell.opened();
    const unknown = 'A'.repeat(43);
    for (const refused of [given, unknown, 'short', '']) {
      expect(await page(refused).refusal()).toBe(401);
    }
    shell.socket.close();
  });

  it('S60 refuses pages of other origins, and requests without one', async () => {
    for (const origin of ['https://evil.example.com', 'null']) {
      expect(await page(await ticket(), origin).refusal()).toBe(403);
    }
    const none = new TestPage(
      `${socketUrl()}/api/berth/terminal`,
      await ticket(),
    );
    expect(await none.refusal()).toBe(403);
  });

  it('S60 answers other URLs and requests without an upgrade with words, and never with a shell', async () => {
    const given = await ticket();
    for (const path of [
      '/api/berth/terminal/',
      '/api/berth/terminal?ticket=a',
      '/api/berth/terminal/more',
    ]) {
      const other = new TestPage(`${socketUrl()}${path}`, given, portal.url);
      expect(await other.refusal()).toBe(426);
    }
    const plain = await portal.call('none', 'GET', '/api/berth/terminal');
    expect(plain.status).toBe(426);
  });

  it.each<[string, CallerName, number, RegExp]>([
    ['a service', 'service', 403, /./],
    ['nobody', 'none', 401, /./],
    ['a person who does not see the cluster', 'stranger', 404, /no cluster/],
    [
      'a person without the permission of the policy',
      'restricted',
      403,
      /berth\.pod\.exec/,
    ],
    [
      'a person whose role on the cluster does not allow it',
      'neighbor',
      403,
      /create pods\/exec/,
    ],
    ['an auditor', 'auditor', 404, /no cluster/],
  ])('S60 gives no ticket to %s', async (_, caller, status, message) => {
    const answer = await ask(caller);
    expect([answer.status, answer.text]).toEqual([
      status,
      expect.stringMatching(message),
    ]);
  });

  it.each([
    ['pod', 'clusters/prod/namespaces/shop/pods/web%2Fproxy%2Fws/terminal'],
    ['pod', 'clusters/prod/namespaces/shop/pods/web%252Fproxy/terminal'],
    ['namespace', 'clusters/prod/namespaces/a%2Fb/pods/web/terminal'],
    ['cluster', 'clusters/prod%2Fa/namespaces/shop/pods/web/terminal'],
  ])('S60 refuses a %s that is no name: %s', async (field, path) => {
    const { status, body } = await ask('member', MAIN, `/api/berth/${path}`);
    expect([status, body.error.problems]).toEqual([
      400,
      [{ path: [field], message: expect.any(String) }],
    ]);
  });

  it('S60 ends a terminal of a person who lost access, within a minute', async () => {
    const replaced = jest.replaceProperty(TERMINAL_TIMES, 'check', 100);
    const shell = page(await ticket());
    await shell.opened();
    await portal.admin('PUT', '/clusters/prod/shares', { groups: [TEAM_B] });
    expect(await shell.closed()).toEqual({
      type: 'end',
      cause: 'AccessEnded',
      message: expect.stringContaining('Your access ended: '),
    });
    replaced.restore();
    await portal.admin('PUT', '/clusters/prod/shares', {
      groups: [TEAM_A, TEAM_B],
    });
    await portal.admin('PUT', '/clusters/prod/namespaces/shop/grants', {
      grants: [
        { group: TEAM_A, role: 'edit' },
        { group: TEAM_B, role: 'view' },
      ],
    });
    await portal.settled('prod');
  });

  it('S60 lets a person have five terminals', async () => {
    const shells = [];
    for (let count = 0; count < 5; count++) {
      const shell = page(await ticket());
      await shell.opened();
      shells.push(shell);
    }
    const more = await ask('member');
    expect(more.status).toBe(429);
    expect(more.body.error.message).toBe(
      'You have 5 terminals open. Leave one of them first',
    );
    shells.forEach(({ socket }) => socket.close());
    await Promise.all(shells.map(shell => shell.closed()));
  });

  it('works before and after the plugin for signals listens for upgrades, and so do signals', async () => {
    const before = page(await ticket());
    await before.opened();
    // The plugin for signals begins to listen with its first request, and answers the next ones.
    const first = new WebSocket(`${socketUrl()}/api/signals`);
    first.on('error', () => {});
    await until(() => portal.listeners() === 2);
    first.terminate();
    const signals = new WebSocket(`${socketUrl()}/api/signals`);
    await once(signals, 'open');
    expect(signals.readyState).toBe(WebSocket.OPEN);
    signals.close();
    const after = page(await ticket());
    await after.opened();
    after.type('echo still here\r');
    await after.until(({ shown }) => shown.includes('\r\nstill here\r\n'));
    before.socket.close();
    after.socket.close();
  });
});

describe('terminals that are off', () => {
  it('S60 S29 gives no ticket and opens nothing, by default', async () => {
    const portal = await startPortal();
    const { status, body } = await portal.call('admin', 'POST', PATH, {
      body: MAIN,
    });
    expect([status, body.error.message]).toEqual([
      403,
      'Terminals are off in this portal: berth.terminal.enabled is not true',
    ]);
    const page = new TestPage(
      `${portal.url.replace('http', 'ws')}/api/berth/terminal`,
      'A'.repeat(43),
      portal.url,
    );
    expect(await page.refusal()).toBe(403);
    const { body: me } = await portal.call(
      'admin',
      'GET',
      '/api/berth/access/me',
    );
    expect(me.terminal).toBe(false);
    await portal.stop();
  });
});

/** Waits for something that other connections do. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
}
