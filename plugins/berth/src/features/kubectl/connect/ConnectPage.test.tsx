import { webcrypto } from 'node:crypto';
import { TextEncoder } from 'node:util';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeBerthApi, MEMBER, responseError } from '../../../__testUtils__';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';
import { aConnectQuery } from '../../../__testUtils__/kubectl';
import { renderTenancy } from '../../../__testUtils__/renderTenancy';
import { openCallback } from './openCallback';

jest.mock('./openCallback');

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const CODE = 'c'.repeat(43);
const TYPED = new RegExp(`^01KBDEV\\d+\\.${CODE}$`);

function open(
  query: URLSearchParams | string = aConnectQuery(),
  prepare: (berth: FakeBerthApi) => void = () => {},
) {
  const berth = new FakeBerthApi(MEMBER);
  prepare(berth);
  const connectDevice = jest.spyOn(berth, 'connectDevice');
  renderTenancy({
    as: MEMBER,
    path: `/berth/kubectl/connect?${query}`,
    berth,
    titles: { 'user:default/alice': 'Alice Jones' },
  });
  return { berth, connectDevice };
}

const button = (name: string) =>
  screen.findByRole('button', { name }, FIRST_RENDER);

async function confirm() {
  await userEvent.click(await button('Connect kubectl'));
}

beforeAll(() => {
  Object.defineProperty(globalThis, 'crypto', {
    value: webcrypto,
    configurable: true,
  });
  Object.assign(globalThis, { TextEncoder });
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.mocked(openCallback).mockReset();
});

describe('Connect kubectl', () => {
  it('S49: shows who, which computer, which words and until when, and connects nothing without a click', async () => {
    const { connectDevice } = open();
    expect(
      await screen.findByRole(
        'heading',
        { name: 'Connect kubectl on laptop-x?' },
        FIRST_RENDER,
      ),
    ).toBeVisible();
    expect(await screen.findByText('Alice Jones')).toBeVisible();
    expect(screen.getByText('user:default/alice')).toBeVisible();
    expect(
      screen.getByText('laptop-x (linux, kubectl-berth 0.1.0)'),
    ).toBeVisible();
    expect(screen.getByText('hammer')).toBeVisible();
    expect(screen.getByText('jacket')).toBeVisible();
    expect(screen.getByText('kite')).toBeVisible();
    expect(screen.getByText('yellow')).toBeVisible();
    const [time] = screen.getAllByText(/\d\d:\d\d$/, { selector: 'time' });
    const end = Date.parse(time.getAttribute('datetime')!);
    expect(Math.abs(end - Date.now() - 12 * 3_600_000)).toBeLessThan(60_000);
    expect(
      screen.getByText('kubectl gets no other access to this portal.'),
    ).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
    expect(connectDevice).not.toHaveBeenCalled();
    expect(openCallback).not.toHaveBeenCalled();
  });

  it('S49: hands the code to this computer after the click, and leaves it in no address and no store', async () => {
    const { connectDevice } = open();
    const before = window.history.length;
    await confirm();
    expect(await screen.findByText(TYPED)).toBeVisible();
    expect(connectDevice).toHaveBeenCalledTimes(1);
    expect(jest.mocked(openCallback).mock.calls).toEqual([
      [
        expect.stringMatching(
          /^http:\/\/127\.0\.0\.1:54321\/callback\?id=01KBDEV\d+&code=c{43}&state=s{43}$/,
        ),
      ],
    ]);
    expect(window.location.href).not.toContain(CODE);
    expect(window.history.length).toBe(before);
    expect(JSON.stringify(window.history.state)).not.toContain(CODE);
    expect(JSON.stringify({ ...localStorage })).not.toContain(CODE);
    expect(JSON.stringify({ ...sessionStorage })).not.toContain(CODE);
    expect(document.title).not.toContain(CODE);
  });

  it('shows the code to type where the computer has no browser, and that it was used', async () => {
    const { berth } = open(
      aConnectQuery({ port: undefined, state: undefined }),
    );
    await confirm();
    expect(await screen.findByText(TYPED)).toBeVisible();
    expect(
      screen.getByText(
        'Enter the code in the terminal in front of you, nowhere else.',
      ),
    ).toBeVisible();
    expect(screen.getByRole('timer')).toHaveTextContent(/^[12]:\d\d$/);
    expect(screen.getByRole('button', { name: 'Copy' })).toBeVisible();
    expect(openCallback).not.toHaveBeenCalled();

    const [device] = berth.devicesById.values();
    berth.connected({ ...device, state: 'Active' });
    expect(
      await screen.findByText(
        'kubectl on laptop-x is connected',
        {},
        {
          timeout: 30_000,
        },
      ),
    ).toBeVisible();
    expect(screen.queryByText(TYPED)).not.toBeInTheDocument();
  });

  it('removes the code when its time is over', async () => {
    open(aConnectQuery(), berth =>
      jest.spyOn(berth, 'connectDevice').mockResolvedValue({
        id: '01KBDEV0000000000000000001',
        code: CODE,
        codeExpiresIn: 2,
        endsAt: new Date().toISOString(),
      }),
    );
    await confirm();
    expect(await screen.findByText(TYPED)).toBeVisible();
    expect(
      await screen.findByText(
        'The time for this code is over',
        {},
        {
          timeout: 30_000,
        },
      ),
    ).toBeVisible();
    expect(document.body.innerHTML).not.toContain(CODE);
  });

  it('S49: connects nothing for a person who says that the question is not theirs', async () => {
    const { connectDevice } = open();
    await userEvent.click(await button('This is not me'));
    expect(await screen.findByText('kubectl was not connected')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Connect kubectl' })).toBe(
      null,
    );
    expect(connectDevice).not.toHaveBeenCalled();
    expect(openCallback).not.toHaveBeenCalled();
  });

  it('S49: refuses to work inside a frame', async () => {
    jest
      .spyOn(window, 'self', 'get')
      .mockReturnValue({} as typeof window.self & typeof globalThis);
    const { connectDevice } = open();
    expect(
      await screen.findByText(
        'This page does not work inside another page',
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Connect kubectl' })).toBe(
      null,
    );
    expect(connectDevice).not.toHaveBeenCalled();
  });

  it.each<[string, URLSearchParams | string]>([
    ['an empty link', ''],
    [
      'a link with another host',
      aConnectQuery({ port: '80@evil.example.com' }),
    ],
  ])('S49: refuses %s, and explains what to do', async (_, query) => {
    open(query);
    expect(
      await screen.findByText(
        /Run kubectl berth login again, and open the whole link/,
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Connect kubectl' })).toBe(
      null,
    );
  });

  it('S49: shows a person without the permission why, and connects nothing', async () => {
    const message = 'The permission policy denies berth.kubectl.connect';
    const error = await responseError(403, message);
    open(aConnectQuery(), berth =>
      jest.spyOn(berth, 'connectDevice').mockRejectedValue(error),
    );
    await confirm();
    expect(
      await screen.findByText('You do not have permission to connect kubectl'),
    ).toBeVisible();
    expect(screen.getByText(message)).toBeVisible();
    expect(openCallback).not.toHaveBeenCalled();
  });

  it.each([
    [409, 'The key was used before', 'This link was used already'],
    [
      404,
      'There is no such route',
      'Sign-in with kubectl is turned off in this portal',
    ],
    [400, 'The key is not a point of P-256', 'This link is not complete'],
  ])('explains status %d', async (status, message, title) => {
    const error = await responseError(status, message);
    open(aConnectQuery(), berth =>
      jest.spyOn(berth, 'connectDevice').mockRejectedValue(error),
    );
    await confirm();
    expect(await screen.findByText(title)).toBeVisible();
    expect(openCallback).not.toHaveBeenCalled();
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'too many attempts',
      () => responseError(429, 'Too many requests'),
      'Too many attempts',
    ],
    [
      'a lost connection',
      async () => new TypeError('Failed to fetch'),
      'kubectl was not connected',
    ],
  ])('lets the person try again after %s', async (_, errorOf, title) => {
    const error = await errorOf();
    open(aConnectQuery(), berth =>
      jest.spyOn(berth, 'connectDevice').mockRejectedValueOnce(error),
    );
    await confirm();
    expect(await screen.findByText(title)).toBeVisible();
    await confirm();
    expect(await screen.findByText(TYPED)).toBeVisible();
    expect(openCallback).toHaveBeenCalledTimes(1);
  });

  it('sends one confirmation for two fast clicks', async () => {
    let answer = () => {};
    const { connectDevice } = open(aConnectQuery(), berth => {
      const { connectDevice: real } = berth;
      jest.spyOn(berth, 'connectDevice').mockImplementation(async request => {
        await new Promise<void>(resolve => {
          answer = resolve;
        });
        return real.call(berth, request);
      });
    });
    await userEvent.dblClick(await button('Connect kubectl'));
    await act(async () => answer());
    expect(await screen.findByText(TYPED)).toBeVisible();
    expect(connectDevice).toHaveBeenCalledTimes(1);
  });

  it('explains that sign-in is turned off before any click, and offers a token', async () => {
    open(aConnectQuery(), berth => {
      berth.kubectlEnabled = false;
    });
    expect(await button('Get a token')).toBeVisible();
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Connect kubectl' }),
      ).not.toBeInTheDocument(),
    );
  });
});
