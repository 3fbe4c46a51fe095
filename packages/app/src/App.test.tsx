import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createPortal } from './App';

const people = [
  {
    user: 'user:default/ada',
    name: 'Ada Lindqvist',
    role: 'platform admin',
    shows: 'Sees every cluster.',
  },
  {
    user: 'user:default/alice',
    name: 'Alice Moreau',
    role: 'member of team-a',
    shows: 'Works in team-a.',
  },
];

/** The first render loads every plugin of the portal. */
const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(60_000);

describe('the dev portal', () => {
  const originalFetch = global.fetch;
  const refresh = jest.fn();

  beforeEach(() => {
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'Test', developmentSignIn: { people } },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ] as unknown as string,
    };
    refresh.mockReset();
    global.fetch = refresh;
  });

  afterEach(() => {
    global.fetch = originalFetch;
    localStorage.clear();
    sessionStorage.clear();
  });

  it('asks who to be, then signs in as that person and remembers it', async () => {
    refresh.mockReturnValue(new Promise(() => {}));
    render(createPortal().createRoot());

    const alice = await screen.findByRole(
      'button',
      { name: /Alice Moreau/ },
      FIRST_RENDER,
    );
    await userEvent.click(alice);

    const [url, options] = refresh.mock.calls[0];
    expect(url).toBe('http://localhost:7007/api/auth/development/refresh');
    expect(options.headers.get('x-berth-development-user')).toBe(
      'user:default/alice',
    );
    expect(localStorage.getItem('berth.development.user')).toBe(
      'user:default/alice',
    );
  });

  it('shows why a remembered person cannot sign in, and offers the others', async () => {
    localStorage.setItem('berth.development.user', 'user:default/gone');
    refresh.mockRejectedValue(new Error('no such user'));
    render(createPortal().createRoot());

    expect(
      await screen.findByRole('alert', {}, FIRST_RENDER),
    ).toHaveTextContent('Could not sign in as user:default/gone: no such user');
    expect(
      screen.getByRole('button', { name: /Ada Lindqvist/ }),
    ).toBeInTheDocument();
  });
});
