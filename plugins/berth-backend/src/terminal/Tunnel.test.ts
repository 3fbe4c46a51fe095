import { FakeSocket } from './__testUtils__/FakeSocket';
import { Tunnel } from './Tunnel';

const MINUTE = 60_000;
/** A ping of SPDY: a control frame of the type 6, with an identifier. */
const PING = Buffer.from([0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1]);
const DATA = Buffer.from([0, 0, 0, 1, 0, 0, 0, 5, ...Buffer.from('hello')]);

class AnsweringSocket extends FakeSocket {
  override ping(): void {
    super.ping();
    this.emit('pong');
  }
}

describe('Tunnel', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function open() {
    const [client, upstream] = [new AnsweringSocket(), new AnsweringSocket()];
    const tunnel = new Tunnel({
      client: client.socket,
      upstream: upstream.socket,
      check: async () => {},
      endsAt: new Date(Date.now() + 24 * 60 * MINUTE),
      hasChannels: false,
      input: 'channel',
    });
    const ended = jest.fn();
    void tunnel.run().then(ended);
    /** Lets a time pass in which both sides send pings every five seconds. */
    const ping = async (minutes: number) => {
      for (let sent = 0; sent < minutes * 12; sent += 1) {
        client.receive(PING);
        upstream.receive(PING);
        client.take();
        upstream.take();
        await jest.advanceTimersByTimeAsync(MINUTE / 12);
      }
    };
    return { client, upstream, ended, ping };
  }

  it('S60 ends a port-forward that only pings use after ten minutes', async () => {
    const { upstream, ended, ping } = open();
    await ping(9);
    expect(ended).not.toHaveBeenCalled();
    expect(upstream.sent).toHaveLength(9 * 12);
    await ping(2);
    expect(ended).toHaveBeenCalledWith(
      expect.objectContaining({
        end: expect.objectContaining({ cause: 'Idle' }),
      }),
    );
  });

  it.each(['client', 'upstream'] as const)(
    'S60 keeps a port-forward open whose %s sends data',
    async side => {
      const { ended, ping, ...sides } = open();
      await ping(9);
      sides[side].receive(DATA);
      await ping(9);
      expect(ended).not.toHaveBeenCalled();
      await ping(2);
      expect(ended).toHaveBeenCalled();
    },
  );
});
