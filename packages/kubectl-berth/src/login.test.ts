import {
  existsSync,
  readFileSync,
  statSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Computer, outcome, Outcome } from './__testUtils__/Computer';
import { FakePortal, ulid } from './__testUtils__/FakePortal';

jest.setTimeout(60_000);

let portal: FakePortal;
const computer = new Computer();

beforeAll(() => {
  computer.build();
});

beforeEach(async () => {
  computer.reset();
  portal = await FakePortal.start();
  portal.clusters = [cluster('prod01'), cluster('dev01')];
});

afterEach(() => portal.stop());

afterAll(() => computer.remove());

function cluster(name: string) {
  return {
    name,
    id: ulid(),
    server: `https://${name}.example.com:6443`,
    caData: 'Q0E=',
    via: 'direct',
    username: 'user:default/ada',
    namespace: 'ada',
    namespaces: ['ada', 'team'],
  };
}

function login(args: string[] = [], env: NodeJS.ProcessEnv = {}) {
  const child = computer.start(['login', portal.address, ...args], env);
  const link = new Promise<URL>(resolve => {
    let text = '';
    child.stderr.on('data', chunk => {
      text += chunk;
      const found = /^ {2}(http\S+)\n/m.exec(text)?.[1];
      if (found) {
        resolve(new URL(found));
      }
    });
  });
  return { child, link, ended: outcome(child) };
}

/** A computer with a browser that does nothing. */
const DESKTOP = { BROWSER: 'true', DISPLAY: ':0' };

async function callBack(
  link: URL,
  values: Record<string, string>,
  options: { method?: string; host?: string; path?: string } = {},
): Promise<{ status?: number; headers: NodeJS.Dict<string | string[]> }> {
  const port = link.searchParams.get('port');
  const query = new URLSearchParams(values);
  return new Promise((resolve, reject) => {
    request(
      {
        port,
        host: '127.0.0.1',
        method: options.method ?? 'GET',
        path: `${options.path ?? '/callback'}?${query}`,
        headers: { host: options.host ?? `127.0.0.1:${port}` },
      },
      response => {
        response.resume();
        resolve({ status: response.statusCode, headers: response.headers });
      },
    )
      .on('error', reject)
      .end();
  });
}

function kubeconfig(): any {
  return parse(readFileSync(join(computer.home, '.kube', 'config'), 'utf8'));
}

it('S49: takes the code of the browser with the right state only, and sets up kubectl', async () => {
  const { link, ended } = login([], DESKTOP);
  const page = await link;
  expect(page.pathname).toBe('/berth/kubectl/connect');
  expect(Object.fromEntries(page.searchParams)).toEqual({
    key: expect.stringMatching(/^[\w-]{43}\.[\w-]{43}$/),
    name: expect.stringMatching(/./),
    system: 'linux',
    version: '0.1.0',
    port: expect.stringMatching(/^\d{4,5}$/),
    state: expect.stringMatching(/^[\w-]{43}$/),
  });
  const confirmation = portal.confirm(page);
  const state = page.searchParams.get('state')!;
  const right = { ...confirmation, state };

  const wrong = await Promise.all([
    ...Array.from({ length: 1000 }, (_, index) =>
      callBack(page, { ...right, state: `${index}`.padStart(43, 'A') }),
    ),
    callBack(page, right, { method: 'POST' }),
    callBack(page, right, { host: 'evil.example' }),
    callBack(page, right, {
      host: `localhost:${page.searchParams.get('port')}`,
    }),
    callBack(page, right, { path: '/' }),
    callBack(page, { ...right, code: 'short' }),
    callBack(page, { ...confirmation }),
  ]);
  expect(new Set(wrong.map(({ status }) => status))).toEqual(new Set([404]));
  expect(portal.calls).toEqual([]);

  const answer = await callBack(page, right);
  expect(answer).toMatchObject({
    status: 200,
    headers: { 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' },
  });
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(0);
  expect(stderr).toMatch(/The page shows these words: \w+ \w+ \w+ \w+\n/);
  expect(stderr).toContain('as user:default/ada until');
  expect(stdout).toContain('* context  prod01\n');
  expect(`${stdout}${stderr}`).not.toContain(confirmation.code);

  const { users, contexts, 'current-context': current } = kubeconfig();
  expect(current).toBe('prod01');
  expect(contexts.map(({ name }: { name: string }) => name)).toEqual([
    'prod01',
    'prod01/ada',
    'prod01/team',
    'dev01',
    'dev01/ada',
    'dev01/team',
  ]);
  const { exec } = users[0].user;
  expect(exec).toEqual({
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: [
      computer.program,
      'credential',
      `--portal=${portal.address}`,
      '--cluster=prod01',
      expect.stringMatching(/^--cluster-id=\w{26}$/),
    ],
    installHint: expect.stringContaining('/berth/kubectl'),
    interactiveMode: 'Never',
    provideClusterInfo: false,
  });
  // The command of the kubeconfig works.
  const token = await computer.run(exec.args.slice(1));
  expect(JSON.parse(token.stdout).kind).toBe('ExecCredential');
});

it('S44: the kubeconfig and the output have no secret', async () => {
  const result = await signIn();
  const device = readFileSync(computer.deviceFile(portal.address), 'utf8');
  const { privateKey } = JSON.parse(device);
  const config = readFileSync(join(computer.home, '.kube', 'config'), 'utf8');
  for (const text of [config, result.stdout, result.stderr]) {
    expect(text).not.toContain(privateKey);
    expect(text).not.toMatch(/token/);
  }
  const { mode } = statSync(join(computer.home, '.kube', 'config'));
  // eslint-disable-next-line no-bitwise -- a file mode
  expect(mode & 0o777).toBe(0o600);
});

it('takes a pasted code over SSH, and asks again after a wrong one', async () => {
  const { child, link, ended } = login([], {
    ...DESKTOP,
    SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22',
  });
  const page = await link;
  expect(page.searchParams.has('port')).toBe(false);
  expect(page.searchParams.has('state')).toBe(false);
  const { id, code } = portal.confirm(page);
  child.stdin.write(`what?\n${id}.${'A'.repeat(43)}\n`);
  child.stdin.write(`  ${id}.${code} \n`);
  const result = await ended;
  expect(result.code).toBe(0);
  expect(result.stderr).toContain('This is not the code');
  expect(result.stderr).toContain('Wrong code.');
});

it('takes a pasted code next to a browser that does nothing', async () => {
  const { child, link, ended } = login(['--no-setup'], DESKTOP);
  const { id, code } = portal.confirm(await link);
  child.stdin.write(`${id}.${code}\n`);
  expect(await ended).toMatchObject({ code: 0 });
  expect(existsSync(join(computer.home, '.kube'))).toBe(false);
});

it('ends where no code can come', async () => {
  const { child, link, ended } = login(['--no-browser']);
  await link;
  child.stdin.end();
  expect(await ended).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('The input ended'),
  });
});

async function signIn(args: string[] = []): Promise<Outcome> {
  const { child, link, ended } = login(['--no-browser', ...args]);
  const { id, code } = portal.confirm(await link);
  child.stdin.write(`${id}.${code}\n`);
  const result = await ended;
  expect(result.code).toBe(0);
  return result;
}

it('lists, shows and ends the sign-in, and names the portal only where it must', async () => {
  portal.clockOffset = -(3 * 60 + 2) * 60_000;
  const signedIn = await signIn();
  const clock =
    "This computer's clock is 3 h 2 min ahead; it works all the same.";
  expect(signedIn.stderr).toContain(clock);

  const status = await computer.run(['status']);
  expect(status).toMatchObject({ code: 0, stderr: '' });
  expect(status.stdout).toContain('signed in as  user:default/ada');
  expect(status.stdout).toContain(clock);

  const clusters = await computer.run(['clusters']);
  expect(clusters.stdout.split('\n')[1]).toMatch(
    /^prod01 +direct +https:\/\/prod01.example.com:6443 +ada, team$/,
  );

  const other = await FakePortal.start();
  computer.signIn(other);
  expect(await computer.run(['logout'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`kubectl berth logout ${portal.address}\n`),
  });
  expect(await computer.run(['logout', portal.address])).toMatchObject({
    code: 0,
    stdout: `You are signed out of 127.0.0.1:${portal.port}.\n`,
  });
  await other.stop();
  expect(portal.devices.size).toBe(0);
  expect(existsSync(computer.stateFolder(portal.address))).toBe(false);
  expect(existsSync(computer.cacheFolder(portal.address))).toBe(false);
  expect(await computer.run(['logout'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('the portal could not end the sign-in'),
  });
  expect(await computer.run(['status'])).toMatchObject({ code: 1 });
});

it('keeps what others have in the kubeconfig, and removes only its own', async () => {
  const path = join(computer.home, '.kube', 'config');
  mkdirSync(join(path, '..'));
  const foreign = `# my clusters
apiVersion: v1
kind: Config
current-context: prod01
clusters:
  - name: prod01 # the old one
    cluster: { server: 'https://old.example.com' }
contexts:
  - name: prod01
    context: { cluster: prod01, user: me }
users:
  - name: me
    user:
      token: secret
preferences: {}
`;
  writeFileSync(path, foreign, { mode: 0o640 });
  await signIn();
  const host = `127.0.0.1:${portal.port}`;
  const names = () =>
    kubeconfig().contexts.map(({ name }: { name: string }) => name);
  expect(names().slice(0, 3)).toEqual([
    'prod01',
    `prod01@${host}`,
    `prod01@${host}/ada`,
  ]);
  expect(kubeconfig()['current-context']).toBe('prod01');
  expect(readFileSync(path, 'utf8')).toContain('# the old one');
  // eslint-disable-next-line no-bitwise -- a file mode
  expect(statSync(path).mode & 0o777).toBe(0o640);

  expect((await computer.run(['setup'])).stdout).toContain('is up to date');
  portal.clusters = [cluster('dev01')];
  expect((await computer.run(['setup'])).stdout).toContain(
    `removed  prod01@${host}\n`,
  );
  expect(names()).toEqual(['prod01', 'dev01', 'dev01/ada', 'dev01/team']);

  await computer.run(['setup', '--remove']);
  expect(parse(readFileSync(path, 'utf8'))).toEqual(parse(foreign));
  expect(existsSync(`${path}.lock`)).toBe(false);
});

it('changes the first file of KUBECONFIG, and waits for the lock of kubectl', async () => {
  const path = join(computer.home, 'first');
  const env = { KUBECONFIG: `${path}:${join(computer.home, 'second')}` };
  await signIn(['--no-setup']);
  writeFileSync(`${path}.lock`, '');
  expect(await computer.run(['setup'], env)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`${path}.lock exists`),
  });
  expect(existsSync(path)).toBe(false);

  writeFileSync(path, 'clusters: [\n');
  expect(await computer.run(['setup', '--kubeconfig', path])).toMatchObject({
    code: 1,
  });
});

it('describes each command', async () => {
  const { stdout } = await computer.run([]);
  for (const name of stdout.match(/^ {2}\w+/gm)!.map(line => line.trim())) {
    const help = await computer.run([name, '--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: kubectl[ -]berth /);
  }
  expect(await computer.run(['bogus'])).toMatchObject({ code: 2, stdout: '' });
  expect(await computer.run(['status', '--bogus'])).toMatchObject({ code: 2 });
});
