import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ADMIN, FakeBerthApi, keyOf, renderBerth } from '../../__testUtils__';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import { addressOf, aView } from '../../__testUtils__/objects';
import type { XtermScreenProps } from './XtermScreen';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

/** Delays the screens while it is set. */
let mockLoading: Promise<void> | undefined;

/** A screen of text: jsdom has no layout, which xterm measures. */
jest.mock('./XtermScreen', () => {
  const { useEffect, useRef, useState } = jest.requireActual('react');
  function FakeScreen(props: XtermScreenProps) {
    const [shown, setShown] = useState('');
    const area = useRef(null);
    useEffect(() => {
      const start = () => {
        props.onResize(100, 30);
        props.onReady({
          focus: () => area.current.focus(),
          write: bytes =>
            setShown((text: string) => text + new TextDecoder().decode(bytes)),
        });
      };
      if (mockLoading) {
        mockLoading.then(start);
      } else {
        start();
      }
      // eslint-disable-next-line react-hooks/exhaustive-deps
    }, []);
    return (
      <>
        <textarea
          ref={area}
          aria-label={props.label}
          value=""
          onChange={({ target }) => props.onInput(target.value)}
          onKeyDown={({ key }) => key === 'L' && props.onLeave()}
        />
        <pre>{shown}</pre>
      </>
    );
  }
  return { __esModule: true, default: FakeScreen };
});

class FakeWebSocket {
  static readonly all: FakeWebSocket[] = [];
  readonly sent: unknown[] = [];
  binaryType = '';
  closed = false;
  onopen = () => {};
  onclose = () => {};
  onmessage: (event: { data: unknown }) => void = () => {};

  constructor(readonly url: string, readonly protocols: string[]) {
    FakeWebSocket.all.push(this);
  }

  send(data: unknown) {
    this.sent.push(
      typeof data === 'string'
        ? JSON.parse(data)
        : new TextDecoder().decode(data as Uint8Array),
    );
  }

  close() {
    this.closed = true;
  }

  /** The portal opens the shell. */
  accept() {
    act(() => {
      this.onopen();
      this.onmessage({ data: '{"type":"open"}' });
    });
  }

  write(text: string) {
    act(() => this.onmessage({ data: new TextEncoder().encode(text).buffer }));
  }

  end(message: object) {
    act(() => {
      this.onmessage({ data: JSON.stringify({ type: 'end', ...message }) });
      this.onclose();
    });
  }
}

const POD = '/berth/clusters/staging/objects/core/pods/shop/web';

const POD_VIEW = aView('Pod', 'v1', 'web', {
  spec: { containers: [{ name: 'main', image: 'nginx:1' }] },
  status: {
    phase: 'Running',
    containerStatuses: [
      {
        name: 'main',
        ready: true,
        restartCount: 0,
        state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
      },
    ],
  },
});

describe('the terminal of a pod', () => {
  const original = global.WebSocket;

  beforeEach(() => {
    FakeWebSocket.all.length = 0;
    global.WebSocket = FakeWebSocket as never;
  });

  afterEach(() => {
    global.WebSocket = original;
  });

  function render(terminal = true) {
    const api = new FakeBerthApi({ ...ADMIN, terminal });
    const address = addressOf('core', 'pods', 'web');
    api.objects.set(keyOf(address), { view: POD_VIEW });
    renderBerth(api, POD);
    return api;
  }

  const button = () =>
    screen.findByRole('button', { name: 'Terminal' }, FIRST_RENDER);

  const latest = () => FakeWebSocket.all[FakeWebSocket.all.length - 1];

  async function open(api = render()) {
    const found = await button();
    await waitFor(() =>
      expect(found).not.toHaveAttribute('aria-disabled', 'true'),
    );
    await userEvent.click(found);
    const dialog = within(await screen.findByRole('dialog'));
    await waitFor(() => expect(FakeWebSocket.all).toHaveLength(1));
    return { api, dialog };
  }

  it('types into a shell, shows what it writes, and keeps the ticket out of the URL', async () => {
    const { api, dialog } = await open();
    expect(api.terminals).toEqual([
      {
        cluster: 'staging',
        namespace: 'shop',
        pod: 'web',
        container: 'main',
        shell: 'auto',
      },
    ]);
    expect(latest().url).toBe('ws://localhost/api/berth/terminal');
    expect(latest().protocols).toEqual([
      'berth.terminal.v1',
      expect.stringMatching(/^ticket\.t+1$/),
    ]);
    latest().accept();
    const input = await dialog.findByLabelText(/^Terminal in the container/);
    expect(input).toHaveFocus();
    await userEvent.keyboard('l');
    expect(latest().sent).toEqual([
      { type: 'resize', columns: 100, rows: 30 },
      'l',
    ]);
    latest().write('hello');
    expect(dialog.getByText('hello')).toBeInTheDocument();
    expect(await accessibilityFindings()).toEqual([]);

    await userEvent.keyboard('{Shift>}L{/Shift}');
    expect(
      dialog.getByRole('button', { name: 'Go back to the terminal' }),
    ).toHaveFocus();
  });

  it('connects once the screen is there, so that it shows the first output and has the focus', async () => {
    let load = () => {};
    mockLoading = new Promise(resolve => {
      load = resolve;
    });
    const api = render();
    await userEvent.click(await button());
    const dialog = within(await screen.findByRole('dialog'));
    const input = await dialog.findByLabelText(/^Terminal in the container/);
    expect(api.terminals).toEqual([]);
    mockLoading = undefined;
    load();
    await waitFor(() => expect(FakeWebSocket.all).toHaveLength(1));
    latest().accept();
    latest().write('welcome');
    expect(dialog.getByText('welcome')).toBeInTheDocument();
    expect(input).toHaveFocus();
  });

  it('sends a long text in messages that the portal takes', async () => {
    const { dialog } = await open();
    latest().accept();
    const text = 'ä'.repeat(50_000);
    fireEvent.change(
      await dialog.findByLabelText(/^Terminal in the container/),
      { target: { value: text } },
    );
    const sent = latest().sent.slice(1) as string[];
    expect(sent).toHaveLength(4);
    expect(sent.join('')).toBe(text);
  });

  it('says why it ended, and connects again', async () => {
    const { dialog } = await open();
    latest().accept();
    latest().end({
      cause: 'AccessEnded',
      message: 'Your access ended: There is no cluster "staging"',
    });
    const alert = within(await dialog.findByRole('alert'));
    expect(alert.getByText('Your access ended')).toBeInTheDocument();
    expect(alert.getByText(/There is no cluster/)).toBeInTheDocument();
    await userEvent.click(alert.getByRole('button', { name: 'Connect again' }));
    await waitFor(() => expect(FakeWebSocket.all).toHaveLength(2));
    latest().accept();
    expect(dialog.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('tries once more, and then names the ingress', async () => {
    const { dialog } = await open();
    act(() => latest().onclose());
    await waitFor(() => expect(FakeWebSocket.all).toHaveLength(2));
    act(() => latest().onclose());
    expect(
      await dialog.findByText(/an ingress or proxy in front of the portal/),
    ).toBeInTheDocument();
  });

  it('names the content security policy that forbids the WebSocket', async () => {
    const { dialog } = await open();
    const violation = (properties: object) =>
      act(() => {
        document.dispatchEvent(
          Object.assign(new Event('securitypolicyviolation'), properties),
        );
      });
    const words = /backend\.csp\.connect-src/;

    const { url } = latest();
    violation({ blockedURI: url, disposition: 'report' });
    violation({ blockedURI: 'wss://other.example', disposition: 'enforce' });
    expect(dialog.queryByText(words)).not.toBeInTheDocument();

    violation({ blockedURI: url, disposition: 'enforce' });
    expect(await dialog.findByText(words)).toBeInTheDocument();
    act(() => latest().onclose());
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('ends the shell when the dialog closes, which a click outside does not do', async () => {
    const { dialog } = await open();
    latest().accept();
    await userEvent.click(document.body);
    expect(latest().closed).toBe(false);
    await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
    expect(latest().closed).toBe(true);
  });

  it('shows the refusal of the portal', async () => {
    const api = render();
    api.terminalRefusal = 'The policy does not allow you berth.pod.exec here';
    await userEvent.click(await button());
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText(
        'The policy does not allow you berth.pod.exec here',
      ),
    ).toBeInTheDocument();
  });

  it('is not there while terminals are off', async () => {
    render(false);
    await screen.findByRole('button', { name: /^Actions for/ }, FIRST_RENDER);
    expect(
      screen.queryByRole('button', { name: 'Terminal' }),
    ).not.toBeInTheDocument();
  });

  it('says that the cluster does not allow it', async () => {
    const api = render();
    api.abilities = { rules: [], incomplete: false, canWrite: true };
    const found = await button();
    await waitFor(() => expect(found).toHaveAttribute('aria-disabled', 'true'));
    await userEvent.hover(found);
    expect(await screen.findByRole('tooltip')).toHaveTextContent('pods/exec');
  });
});
