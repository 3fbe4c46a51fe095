import { NotFoundError } from '@backstage/errors';
import { FakeSocket } from './__testUtils__/FakeSocket';
import { TerminalSummary } from './Connection';
import { TerminalSession } from './TerminalSession';

const MINUTE = 60_000;
const V5 = 'v5.channel.k8s.io';
const V4 = 'v4.channel.k8s.io';

interface Started {
  browser: FakeSocket;
  upstream: FakeSocket;
  check: jest.Mock<Promise<void>, []>;
  ended: Promise<TerminalSummary>;
}

describe('TerminalSession', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  async function start({ protocol = V5, minutes = 60 } = {}): Promise<Started> {
    const browser = new FakeSocket();
    const upstream = new FakeSocket(protocol);
    const check = jest.fn<Promise<void>, []>(async () => {});
    const session = new TerminalSession({
      browser: browser.socket,
      check,
      connect: async () => upstream.socket,
      endsAt: new Date(Date.now() + minutes * MINUTE),
      shell: 'auto',
    });
    const ended = session.run();
    await jest.advanceTimersByTimeAsync(0);
    return { browser, upstream, check, ended };
  }

  /** Lets time pass with answered pings, and input if given. */
  async function pass(
    minutes: number,
    { browser, upstream }: Started,
    input?: string,
  ) {
    for (let count = 0; count < minutes; count++) {
      if (input !== undefined) {
        browser.receive(Buffer.from(input));
      }
      for (let part = 0; part < 4; part++) {
        browser.emit('pong');
        upstream.emit('pong');
        await jest.advanceTimersByTimeAsync(MINUTE / 4);
      }
    }
  }

  it('S31 S60 asks again every minute, and ends when the answer is no', async () => {
    const started = await start();
    await pass(3, started, 'a');
    expect(started.check).toHaveBeenCalledTimes(3);
    started.check.mockRejectedValueOnce(
      new NotFoundError('There is no cluster "prod"'),
    );
    await pass(1, started, 'a');
    expect((await started.ended).end).toEqual({
      cause: 'AccessEnded',
      message: 'Your access ended: There is no cluster "prod"',
    });
    expect(started.browser.readyState).toBe(3);
    expect(started.upstream.readyState).toBe(3);
  });

  it('S60 ends if nobody can say within a minute, and shows no error that is not for people', async () => {
    const slow = await start();
    slow.check.mockReturnValueOnce(new Promise(() => {}));
    await pass(2, slow, 'a');
    expect((await slow.ended).end.cause).toBe('AccessEnded');

    const failing = await start();
    failing.check.mockRejectedValueOnce(new Error('select * from secrets'));
    await pass(1, failing, 'a');
    expect((await failing.ended).end).toEqual({
      cause: 'AccessEnded',
      message: 'Your access ended, because it could not be checked',
    });
  });

  it('S60 ends after ten minutes without input, whatever the shell writes', async () => {
    const started = await start();
    await pass(8, started, 'a');
    for (let minute = 0; minute < 8; minute++) {
      started.upstream.receive(Buffer.from('\x01tick'));
      started.browser.receive({ type: 'resize', columns: 80, rows: 24 });
      await pass(1, started);
    }
    expect(started.browser.readyState).toBe(1);
    await pass(1, started);
    expect((await started.ended).end.cause).toBe('Idle');
  });

  it('S60 ends with the sign-in to the portal', async () => {
    const started = await start({ minutes: 5 });
    await pass(5, started, 'a');
    expect((await started.ended).end.cause).toBe('SignInEnded');
  });

  it.each([
    [V5, ['\0\x04', '\xff\0']],
    [V4, ['\0\x04']],
  ])(
    'ends the input of the shell when the page goes, with %s',
    async (protocol, last) => {
      const { browser, upstream, ended } = await start({ protocol });
      browser.receive(Buffer.from('sleep 1000\r'));
      browser.close();
      const { end, ...counts } = await ended;
      expect(end.cause).toBe('Exited');
      expect(counts).toEqual({ seconds: 0, bytesIn: 11, bytesOut: 0 });
      expect(
        upstream.sent.slice(-last.length).map(data => data.toString('latin1')),
      ).toEqual(last);
    },
  );

  it('lets the faster side wait for the slower one, in both directions', async () => {
    const { browser, upstream } = await start();
    const megabyte = Buffer.alloc(1024 * 1024 + 2, 1);
    upstream.receive(megabyte);
    expect(upstream.isPaused).toBe(true);
    browser.take();
    expect(upstream.isPaused).toBe(false);
    browser.receive(megabyte);
    expect(browser.isPaused).toBe(true);
    upstream.take();
    expect(browser.isPaused).toBe(false);
  });

  it('ends the connection of a page that answers no ping', async () => {
    const { browser, ended } = await start();
    await jest.advanceTimersByTimeAsync(51_000);
    expect(browser.pings).toBe(1);
    expect((await ended).end.cause).toBe('Exited');
  });

  it('S60 sends the last size only to a container that takes nothing', async () => {
    const { browser, upstream } = await start();
    upstream.take();
    const before = upstream.sent.length;
    for (let columns = 1; columns <= 500; columns++) {
      browser.receive({ type: 'resize', columns, rows: 40 });
    }
    upstream.take();
    upstream.take();
    expect(upstream.sent.slice(before).map(String)).toEqual([
      '\x04{"Width":1,"Height":40}',
      '\x04{"Width":500,"Height":40}',
    ]);
  });

  it('sends the size of the page, and refuses other messages', async () => {
    const { browser, upstream, ended } = await start();
    upstream.take();
    browser.receive({ type: 'resize', columns: 120, rows: 40 });
    expect(String(upstream.sent.pop())).toBe('\x04{"Width":120,"Height":40}');
    browser.receive({ type: 'resize', columns: 120, rows: 1e9 });
    expect((await ended).end.cause).toBe('Failed');
  });

  it.each([
    ['{"status":"Success"}', 'Exited', 'The shell ended'],
    [
      '{"status":"Failure","message":"exec: \\"sh\\": executable file not found in $PATH"}',
      'ShellMissing',
      'The container has no shell: neither bash nor sh',
    ],
    [
      '{"status":"Failure","message":"boom, bearer abc"}',
      'Failed',
      'The cluster ended the shell: boom, bearer [token]',
    ],
    ['not JSON', 'Failed', 'The cluster ended the shell'],
    ['null', 'Failed', 'The cluster ended the shell'],
  ])('explains the end %s', async (status, cause, message) => {
    const { upstream, browser } = await start();
    upstream.receive(Buffer.from(`\x03${status}`));
    expect(browser.messages.pop()).toEqual({ type: 'end', cause, message });
  });
});
