import { ulid } from '../__testUtils__/FakePortal';
import { requestJson } from '../http/requestJson';
import { createDeviceKey } from './deviceKey';
import { DeviceSession } from './DeviceSession';
import { mintByCommand } from './mintByCommand';

jest.mock('../http/requestJson', () => ({
  ...jest.requireActual('../http/requestJson'),
  requestJson: jest.fn(),
}));

const request = jest.mocked(requestJson);
const PORTAL = 'https://portal.example.com';
const ours = (command: string) => ({
  path: '/home/ada/token-command.json',
  portal: PORTAL,
  command,
});
const cluster = { cluster: 'prod01', clusterId: ulid() };

beforeEach(() => request.mockReset());

it('S55: a command and the request have one time together', async () => {
  request.mockResolvedValue({ status: 201, body: {} });
  await mintByCommand(ours('sleep 0.3; echo a.b.c'), cluster);
  const [address, , token, withinMs] = request.mock.lastCall!;
  expect([address, token]).toEqual([
    `${PORTAL}/api/berth/clusters/prod01/token`,
    'a.b.c',
  ]);
  expect(withinMs).toBeLessThan(14_750);
});

it('S55: ends a command that takes too long, also one that ignores SIGTERM', async () => {
  const slow = `trap '' TERM; while :; do sleep 0.1; done`;
  await expect(mintByCommand(ours(slow), cluster, 500)).rejects.toThrow(
    'did not end within 0.5 seconds',
  );
  expect(request).not.toHaveBeenCalled();
});

it('S55: a call that the portal asks for again has no more time than one', async () => {
  request
    .mockImplementationOnce(async () => {
      await new Promise(resolve => {
        setTimeout(resolve, 300);
      });
      return {
        status: 401,
        body: { error: { serverTime: '2030-01-01T00:00:00Z' } },
      };
    })
    .mockResolvedValueOnce({ status: 201, body: {} });
  const { privateKey } = createDeviceKey();
  const session = new DeviceSession(
    PORTAL,
    { id: ulid(), privateKey, issuer: PORTAL },
    0,
  );
  await session.call({ act: 'credential', ...cluster });
  expect(request).toHaveBeenCalledTimes(2);
  expect(request.mock.lastCall![3]).toBeLessThan(14_750);
});
