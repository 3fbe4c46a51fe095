import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { LogLine } from '@berth/plugin-berth-common';
import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { ADMIN, FakeBerthApi, keyOf } from '../../__testUtils__';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import { responseError } from '../../__testUtils__/responseError';
import { berthApiRef } from '../../api';
import { rootRouteRef } from '../../routes';
import { LogView } from '.';

const ADDRESS = {
  cluster: 'prod01',
  group: 'apps',
  plural: 'deployments',
  namespace: 'shop',
  name: 'web',
};
const AT = '2027-01-31T18:00:00.000000000Z';

const source = (id: number, pod: string, more = {}): LogLine => ({
  type: 'source',
  id,
  pod,
  container: 'app',
  kind: 'container',
  restarted: false,
  ...more,
});
const lines = (...all: [number, string][]): LogLine => ({
  type: 'lines',
  lines: all.map(([id, text]) => [id, AT, text]),
});
const COMPLETE: LogLine = { type: 'end', reason: 'complete' };

function Address() {
  const { search } = useLocation();
  return <output aria-label="Address">{search}</output>;
}

/** An answer that stays open until the test ends it. */
class OpenAnswer {
  readonly #waiting: LogLine[] = [];
  #wake = () => {};

  send(...more: LogLine[]) {
    this.#waiting.push(...more);
    this.#wake();
  }

  async *[Symbol.asyncIterator]() {
    for (;;) {
      yield* this.#waiting.splice(0);
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }
}

async function show(
  log: NonNullable<Parameters<FakeBerthApi['objects']['set']>[1]['log']>,
  query = '',
) {
  const berth = new FakeBerthApi(ADMIN);
  berth.objects.set(keyOf(ADDRESS), {
    view: { object: {}, managers: [], keptByBerth: false },
    log,
  });
  await renderInTestApp(
    <TestApiProvider apis={[[berthApiRef, berth]]}>
      <LogView address={ADDRESS} />
      <Address />
    </TestApiProvider>,
    {
      mountedRoutes: { '/berth': rootRouteRef },
      routeEntries: [`/${query}`],
    },
  );
  return { berth, user: userEvent.setup() };
}

const log = () => screen.findByRole('log', { name: 'Log of web' });
const address = () => screen.getByRole('status', { name: 'Address' });

describe('LogView', () => {
  it('shows the lines of all pods with their names, and their colours', async () => {
    await show([
      source(1, 'web-abc'),
      source(2, 'web-xyz'),
      lines([1, '\u001b[31m failed\u001b[0m to start'], [2, '<b>bold</b>']),
      COMPLETE,
    ]);
    const shown = await log();
    expect(shown).toHaveTextContent('abc failed to start');
    expect(shown).toHaveTextContent('xyz<b>bold</b>');
    expect(within(shown).getByText('failed')).toHaveStyle({
      '--log-light': 'rgb(205 49 49)',
    });
    expect(within(shown).getByTitle('web-abc, container app')).toBeVisible();
    // A flood of lines is not read out.
    expect(shown).toHaveAttribute('aria-live', 'off');
    expect(screen.getByText('The log has ended.')).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('keeps every control in the URL, and asks the backend for it', async () => {
    const { berth, user } = await show([
      source(1, 'web-abc', { restarted: true }),
      lines([1, 'one']),
      COMPLETE,
    ]);
    await log();
    expect(berth.logQueries).toEqual([{ tail: 500, follow: true }]);
    await user.click(screen.getByRole('button', { name: 'Previous run' }));
    expect(address()).toHaveTextContent('?previous=true');
    await log();
    expect(berth.logQueries.slice(-1)).toEqual([{ tail: 500, previous: true }]);
    // What only changes the look does not load the log again.
    await user.click(screen.getByRole('button', { name: 'Times' }));
    await user.click(screen.getByRole('button', { name: 'Wrap lines' }));
    expect(address()).toHaveTextContent(
      '?previous=true&timestamps=true&wrap=false',
    );
    expect(berth.logQueries).toHaveLength(2);
    expect(await log()).toHaveTextContent(/\d\d-\d\d \d\d:00:00\.000one/);
  });

  it('opens as the URL says', async () => {
    const { berth } = await show(
      [source(1, 'web-abc'), lines([1, 'one']), COMPLETE],
      '?container=app&tail=100&follow=false&since=1h',
    );
    await log();
    expect(berth.logQueries).toEqual([
      { container: 'app', tail: 100, since: expect.any(String) },
    ]);
    expect(screen.getByText(/^This is the log as of /)).toBeVisible();
  });

  it('explains why there is no log of a previous run', async () => {
    const { user } = await show([
      source(1, 'web-abc'),
      lines([1, 'one']),
      COMPLETE,
    ]);
    await log();
    const button = screen.getByRole('button', { name: 'Previous run' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await user.tab();
    act(() => button.focus());
    expect(
      await screen.findByText(/No container of this log has restarted/),
    ).toBeInTheDocument();
  });

  it('follows, and stops following while the person reads', async () => {
    const answer = new OpenAnswer();
    const { user } = await show(() => answer);
    answer.send(source(1, 'web-abc'), lines([1, 'one']));
    const shown = await log();
    await screen.findByText('one');
    expect(screen.getByText('New lines appear here.')).toBeVisible();
    Object.defineProperties(shown, {
      scrollHeight: { value: 2_000, configurable: true },
      clientHeight: { value: 500, configurable: true },
    });
    shown.scrollTop = 1_500;
    fireEvent.scroll(shown);
    shown.scrollTop = 100;
    fireEvent.scroll(shown);
    answer.send(lines([1, 'two'], [1, 'three']));
    await user.click(
      await screen.findByRole('button', { name: 'Follow: 2 new lines' }),
    );
    expect(
      screen.queryByRole('button', { name: /^Follow: / }),
    ).not.toBeInTheDocument();
    expect(shown.scrollTop).toBe(2_000);
  });

  it('searches, counts, and steps through the lines found', async () => {
    const { user } = await show([
      source(1, 'web-abc'),
      lines([1, 'an Error'], [1, 'fine'], [1, 'another error']),
      COMPLETE,
    ]);
    await log();
    const field = screen.getByRole('searchbox', { name: 'Search in the log' });
    await user.type(field, 'error');
    expect(await screen.findByText('0 of 2 lines')).toBeVisible();
    expect(screen.getAllByText(/^error$/i, { selector: 'mark' })).toHaveLength(
      2,
    );
    await user.type(field, '{Enter}');
    expect(await screen.findByText('1 of 2 lines')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Next line found' }));
    expect(await screen.findByText('2 of 2 lines')).toBeVisible();
    expect(address()).toHaveTextContent('?search=error');
  });

  it('shows why containers have no lines', async () => {
    await show(async function* answer() {
      yield source(1, 'web-abc');
      yield {
        type: 'waiting',
        id: 1,
        reason: 'The container has not started: ImagePullBackOff',
      };
      await new Promise(() => {});
    });
    expect(await screen.findByText('No lines yet')).toBeVisible();
    expect(
      screen.getByText('The container has not started: ImagePullBackOff'),
    ).toBeVisible();
  });

  it('does not call a log empty while it loads', async () => {
    await show(async function* answer() {
      yield source(1, 'web-abc');
      yield { type: 'waiting', id: 1, reason: 'The container starts' };
      await new Promise(() => {});
    }, '?previous=true');
    expect(await screen.findByText('The container starts')).toBeVisible();
    expect(screen.getByText('Loading the log…')).toBeVisible();
    expect(screen.queryByText('The log is empty')).not.toBeInTheDocument();
  });

  it.each([
    ['an empty log', [source(1, 'web-abc'), COMPLETE], 'The log is empty'],
    ['no pods', [COMPLETE], 'No pods'],
  ])('explains %s', async (_, answer, title) => {
    await show(answer);
    expect(await screen.findByText(title)).toBeVisible();
  });

  it('shows what the person may not read, and tries again on request', async () => {
    let attempts = 0;
    const { user } = await show(async function* answer() {
      attempts += 1;
      if (attempts === 1) {
        throw await responseError(403, 'prod01 does not let you read logs');
      }
      yield source(1, 'web-abc');
      yield lines([1, 'one']);
    });
    expect(
      await screen.findByText('prod01 does not let you read logs'),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await log()).toHaveTextContent('one');
  });

  it('says when the connection is lost, and keeps the lines', async () => {
    await show(async function* answer() {
      yield source(1, 'web-abc');
      yield lines([1, 'one']);
      throw new TypeError('network error');
    });
    expect(
      await screen.findByText(/The connection was lost: network error/),
    ).toBeVisible();
    expect(await log()).toHaveTextContent('one');
  });
});
