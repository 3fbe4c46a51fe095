import { browserCommands, isHeadless } from './browser';
import { computerName, connectLink } from './connectLink';

const linux = { platform: 'linux' as const, wsl: false };

it.each([
  ['a desktop', { DISPLAY: ':0' }, linux, false],
  ['Wayland', { WAYLAND_DISPLAY: 'wayland-0' }, linux, false],
  ['a container', {}, linux, true],
  ['SSH with X', { DISPLAY: ':0', SSH_CONNECTION: '1' }, linux, true],
  ['Codespaces', { DISPLAY: ':0', CODESPACES: 'true' }, linux, true],
  ['WSL', {}, { ...linux, wsl: true }, false],
  ['macOS', {}, { platform: 'darwin' as const, wsl: false }, false],
  [
    'macOS by SSH',
    { SSH_TTY: '/dev/pts/1' },
    { platform: 'darwin' as const, wsl: false },
    true,
  ],
])('finds out whether %s has a browser', (_, env, machine, headless) => {
  expect(isHeadless({ env, ...machine })).toBe(headless);
});

it('opens the browser of the person first, and of Windows from WSL', () => {
  expect(browserCommands({ env: { BROWSER: 'firefox' }, ...linux })).toEqual([
    ['firefox'],
    ['xdg-open'],
  ]);
  const [first, second] = browserCommands({ env: {}, ...linux, wsl: true });
  expect(first).toEqual(['wslview']);
  expect(second[0]).toBe('powershell.exe');
});

it('has no apostrophe in the link, which PowerShell would take for the end of a text', () => {
  const link = connectLink({
    app: "https://portal.example.com/it's",
    publicKey: 'x.y',
    name: "ada's laptop",
  });
  expect(link).not.toContain("'");
  expect(new URL(link).searchParams.get('name')).toBe("ada's laptop");
});

it('names the computer as the portal accepts it', () => {
  expect(computerName('a\u001b[2J\nb')).toBe('a[2Jb');
  expect(computerName('x'.repeat(99))).toHaveLength(64);
  expect(computerName(' ')).toBe('computer');
});
