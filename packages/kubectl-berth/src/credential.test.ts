import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from './cache/privateFiles';
import { Computer, outcome, Outcome } from './__testUtils__/Computer';
import { FakePortal, ulid } from './__testUtils__/FakePortal';

jest.setTimeout(60_000);

const CLUSTER_ID = ulid();
const V1 = 'client.authentication.k8s.io/v1';

let portal: FakePortal;
const computer = new Computer();

beforeAll(() => {
  computer.build();
});

beforeEach(async () => {
  computer.reset();
  portal = await FakePortal.start();
});

afterEach(() => portal.stop());

afterAll(() => computer.remove());

function credentialArgs(clusterId = CLUSTER_ID, address = portal.address) {
  return [
    'credential',
    `--portal=${address}`,
    '--cluster=prod01',
    `--cluster-id=${clusterId}`,
  ];
}

function credential(env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return computer.run(credentialArgs(), env);
}

function tokenFile(): string {
  return join(computer.cacheFolder(portal.address), `${CLUSTER_ID}.json`);
}

function tokenOf({ stdout }: Outcome): string {
  return JSON.parse(stdout).status.token;
}

function mode(path: string): string {
  // eslint-disable-next-line no-bitwise -- a file mode
  return (statSync(path).mode & 0o777).toString(8);
}

describe("a person's own command", () => {
  const print = (text: string) => `"${process.execPath}" -p "'${text}'" && cat`;
  const commandFile = () =>
    join(computer.home, '.config', 'kubectl-berth', 'token-command.json');
  const configure = (command: string, address = portal.address) =>
    writePrivateFile(
      commandFile(),
      JSON.stringify({ portal: address, command }),
    );

  beforeEach(() => {
    portal.clusterId = CLUSTER_ID;
  });

  it('gets the token of the portal, without a sign-in of the computer', async () => {
    configure(print(portal.userToken), `${portal.address}/`);
    const { code, stdout, stderr } = await credential();
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout).status.token).toMatch(/^header\./);
    expect(portal.calls).toEqual(['token of prod01']);
  });

  it('S45: gives no token of one person to another who has the same command', async () => {
    configure('cat "$JOB_TOKEN_FILE"');
    const file = (name: string, token: string) => {
      const path = join(computer.home, name);
      writeFileSync(path, token);
      return { JOB_TOKEN_FILE: path };
    };
    expect(await credential(file('a', portal.userToken))).toMatchObject({
      code: 0,
    });
    const other = await credential(file('b', 'without.any.rights'));
    expect(other).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('Wrong token'),
    });
    expect(await credential(file('a', portal.userToken))).toMatchObject({
      code: 0,
    });
    expect(existsSync(computer.cacheFolder(portal.address))).toBe(false);
  });

  it('S45: sends nothing to another portal than that of the command', async () => {
    configure(
      `touch "${join(computer.home, 'ran')}"; ${print(portal.userToken)}`,
      'https://portal.example.com/',
    );
    const { code, stdout, stderr } = await credential();
    expect([code, stdout, portal.calls]).toEqual([1, '', []]);
    expect(stderr).toContain(
      `is for https://portal.example.com, and not for ${portal.address}. You are not signed in`,
    );
    expect(existsSync(join(computer.home, 'ran'))).toBe(false);
  });

  it('leaves the sign-in to another portal as it is', async () => {
    configure('exit 3', 'https://portal.example.com');
    computer.signIn(portal);
    expect(await credential()).toMatchObject({ code: 0, stderr: '' });
    expect(portal.calls).toEqual(['credential']);
  });

  it('S45: runs no command of a variable, which a kubeconfig can set', async () => {
    const { code, stdout, stderr } = await credential({
      KUBECTL_BERTH_PORTAL_TOKEN_COMMAND: print(portal.userToken),
      KUBECTL_BERTH_PORTAL: portal.address,
    });
    expect([code, stdout, portal.calls]).toEqual([1, '', []]);
    expect(stderr).toContain('You are not signed in');
  });

  it.each<[string, () => void]>([
    ['is open to other users', () => chmodSync(commandFile(), 0o644)],
    [
      'is open to other users',
      () => chmodSync(join(commandFile(), '..'), 0o755),
    ],
    [
      'must be a JSON object',
      () => writeFileSync(commandFile(), '{"command":"true"}'),
    ],
  ])('S53: runs no command of a file that %s', async (reason, damage) => {
    computer.signIn(portal);
    configure(print(portal.userToken));
    damage();
    expect(await credential()).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(reason),
    });
    expect(portal.calls).toEqual([]);
  });

  it.each([
    ['exit 3', 'failed: it ended with exit code 3'],
    [print('secret words'), 'must print a token for the portal'],
    [print('secret.of.another'), 'Wrong token'],
  ])('S45: %j is no token, and is not shown', async (command, message) => {
    configure(command);
    const { code, stdout, stderr } = await credential();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('secret');
  });

  it('sends no token of a cluster that was registered again', async () => {
    portal.clusterId = ulid();
    configure(print(portal.userToken));
    const { code, stdout, stderr } = await credential();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('prod01 is another cluster now');
  });
});

describe('the answer', () => {
  it('S45: stdout has the ExecCredential and nothing else, and files are private', async () => {
    computer.signIn(portal);
    const first = await credential();
    const second = await credential();

    expect(JSON.parse(first.stdout)).toEqual({
      kind: 'ExecCredential',
      apiVersion: V1,
      status: {
        token: expect.stringMatching(/^header\./),
        expirationTimestamp: expect.stringMatching(
          /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
        ),
      },
    });
    const left =
      Date.parse(JSON.parse(first.stdout).status.expirationTimestamp) -
      Date.now();
    expect(left / 1000).toBeGreaterThan(480);
    expect(left / 1000).toBeLessThanOrEqual(540);
    expect(second.stdout).toBe(first.stdout);
    expect([first.stderr, second.stderr]).toEqual(['', '']);
    expect(portal.mints()).toBe(1);
    for (const file of [tokenFile(), computer.deviceFile(portal.address)]) {
      expect(mode(file)).toBe('600');
      expect(mode(join(file, '..'))).toBe('700');
    }
    expect(readdirSync(computer.cacheFolder(portal.address))).toEqual([
      `${CLUSTER_ID}.json`,
    ]);
  });

  it('S45: repeats the version of the API, and refuses one that it does not know', async () => {
    computer.signIn(portal);
    const ask = (apiVersion: string) =>
      credential({ KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion }) });
    for (const apiVersion of [V1, `${V1}beta1`]) {
      const { stdout } = await ask(apiVersion);
      expect(JSON.parse(stdout).apiVersion).toBe(apiVersion);
    }
    expect(await ask(`${V1}alpha1`)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('asks for another version'),
    });
    expect(await credential({ KUBERNETES_EXEC_INFO: '{' })).toMatchObject({
      code: 1,
      stdout: '',
    });
  });

  it('S45: --verbose shows the ID of the token, and never the token', async () => {
    computer.signIn(portal);
    const result = await computer.run([...credentialArgs(), '--verbose']);
    expect(result.stderr).toMatch(
      /^Token jti-1, used for 5\d\d more seconds\n$/,
    );
    expect(result.stderr).not.toContain(tokenOf(result));
  });

  it('S45: variables for debugging change neither stdout nor show a secret', async () => {
    const { privateKey } = computer.signIn(portal);
    for (const clusterId of [CLUSTER_ID, CLUSTER_ID]) {
      const result = await computer.run(credentialArgs(clusterId), {
        NODE_OPTIONS: '--trace-warnings',
        NODE_DEBUG: 'http,https,net,tls,stream,fs,module',
        DEBUG: '*',
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
      });
      expect(result.code).toBe(0);
      const token = tokenOf(result);
      expect(result.stderr).not.toContain(token);
      expect(result.stderr).not.toContain(privateKey);
      expect(result.stderr).not.toContain('eyJ');
    }
  });

  it('comes from a program that is small enough to start for each command', () => {
    expect(statSync(computer.program).size).toBeLessThan(250_000);
  });

  it('never reads stdin', async () => {
    computer.signIn(portal);
    const child = computer.start(credentialArgs());
    // The pipe of stdin stays open, as in a program with windows.
    const code = await new Promise(resolve => {
      child.once('exit', resolve);
    });
    child.stdin.destroy();
    expect(code).toBe(0);
  });
});

describe('the clock', () => {
  it.each([-25, 25])(
    'S44: works with a clock that is %d hours off, and asks twice only once',
    async hours => {
      portal.clockOffset = hours * 3_600_000;
      computer.signIn(portal);
      const first = await credential();
      expect(first).toMatchObject({ code: 0, stderr: '' });
      expect(portal.calls).toEqual(['credential', 'credential']);
      const left =
        Date.parse(JSON.parse(first.stdout).status.expirationTimestamp) -
        Date.now();
      expect(left / 1000).toBeGreaterThan(480);

      rmSync(tokenFile());
      await credential();
      expect(portal.mints()).toBe(3);
    },
  );

  it('S44: a clock that is 60 seconds off makes no difference', async () => {
    portal.clockOffset = -60_000;
    computer.signIn(portal);
    expect(await credential()).toMatchObject({ code: 0 });
    expect(portal.mints()).toBe(1);
  });

  it('gets another token where the clock was set back', async () => {
    const { id } = computer.signIn(portal);
    await credential();
    const cached = JSON.parse(readFileSync(tokenFile(), 'utf8'));
    expect(cached.device).toBe(id);
    writeFileSync(
      tokenFile(),
      JSON.stringify({ ...cached, obtainedAt: Date.now() + 60_000 }),
    );
    await credential();
    expect(portal.mints()).toBe(2);
  });
});

describe('many processes', () => {
  it.each([20, 100])(
    'S55: %d processes at a time need at most two tokens',
    async count => {
      computer.signIn(portal);
      const running: Array<Promise<Outcome>> = [];
      for (let started = 0; started < count; started += 1) {
        running.push(credential());
        // The portal of the test answers in this process.
        await new Promise(setImmediate);
      }
      const results = await Promise.all(running);
      expect(results.filter(({ code }) => code !== 0)).toEqual([]);
      expect(new Set(results.map(tokenOf)).size).toBeLessThanOrEqual(2);
      expect(portal.mints()).toBeLessThanOrEqual(2);
    },
  );

  it('S55: a lock of a dead process holds nothing up', async () => {
    computer.signIn(portal);
    portal.delay = 60_000;
    const killed = computer.start(credentialArgs());
    const lock = join(
      computer.cacheFolder(portal.address),
      `${CLUSTER_ID}.lock`,
    );
    await until(() => portal.mints() === 1);
    killed.kill('SIGKILL');
    await new Promise(resolve => {
      killed.once('close', resolve);
    });
    expect(existsSync(lock)).toBe(true);

    portal.delay = 0;
    const began = performance.now();
    expect(await credential()).toMatchObject({ code: 0, stderr: '' });
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(existsSync(lock)).toBe(false);
  });

  it('S55: an interrupted process leaves no lock', async () => {
    computer.signIn(portal);
    portal.delay = 60_000;
    const interrupted = computer.start(credentialArgs());
    await until(() => portal.mints() === 1);
    interrupted.kill('SIGTERM');
    const signal = await new Promise(resolve => {
      interrupted.once('close', (_, by) => resolve(by));
    });
    expect(signal).toBe('SIGTERM');
    expect(readdirSync(computer.cacheFolder(portal.address))).toEqual([]);
  });
});

describe('files', () => {
  const cases: Array<[string, () => void]> = [
    ['open to the group', () => chmodSync(tokenFile(), 0o640)],
    [
      'a symbolic link',
      () => {
        const elsewhere = join(computer.home, 'elsewhere');
        writeFileSync(elsewhere, readFileSync(tokenFile()), { mode: 0o600 });
        rmSync(tokenFile());
        symlinkSync(elsewhere, tokenFile());
      },
    ],
    ['cut off', () => writeFileSync(tokenFile(), '{"token":"abc')],
    ['10 MB', () => writeFileSync(tokenFile(), 'x'.repeat(10_000_000))],
    ['no object', () => writeFileSync(tokenFile(), '[]')],
    [
      'of another device',
      () =>
        writeFileSync(
          tokenFile(),
          JSON.stringify({
            ...JSON.parse(readFileSync(tokenFile(), 'utf8')),
            device: ulid(),
          }),
        ),
    ],
  ];
  it.each(cases)(
    'S53: does not use a cached token whose file is %s, and replaces it',
    async (_, damage) => {
      computer.signIn(portal);
      const first = await credential();
      damage();
      const second = await credential();
      expect(second).toMatchObject({ code: 0, stderr: '' });
      expect(tokenOf(second)).not.toBe(tokenOf(first));
      expect(lstatSync(tokenFile()).isFile()).toBe(true);
      expect(mode(tokenFile())).toBe('600');
      expect((await credential()).stdout).toBe(second.stdout);
    },
  );

  const deviceCases: Array<[string, () => void]> = [
    [
      'is open to other users',
      () => chmodSync(computer.deviceFile(portal.address), 0o644),
    ],
    [
      'is open to other users',
      () => chmodSync(join(computer.deviceFile(portal.address), '..'), 0o755),
    ],
    [
      'is damaged',
      () => writeFileSync(computer.deviceFile(portal.address), '{}'),
    ],
    [
      'is a symbolic link',
      () => {
        const file = computer.deviceFile(portal.address);
        const elsewhere = join(computer.home, 'elsewhere');
        writeFileSync(elsewhere, readFileSync(file), { mode: 0o600 });
        rmSync(file);
        symlinkSync(elsewhere, file);
      },
    ],
  ];
  it.each(deviceCases)(
    'S53: refuses a key whose file %s',
    async (reason, damage) => {
      computer.signIn(portal);
      await credential();
      damage();
      expect(await credential()).toEqual({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining(reason),
      });
      expect(portal.mints()).toBe(1);
    },
  );

  it('S53: refuses a key of another owner', async () => {
    if (process.getuid?.() !== 0) {
      // Only root can give files to others.
      return;
    }
    computer.signIn(portal);
    const file = computer.deviceFile(portal.address);
    chownSync(file, 12345, 12345);
    expect(await credential()).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('belongs to another user (ID 12345)'),
    });
  });

  it('S53: no file and no message has the key or the token of another place', async () => {
    const { privateKey } = computer.signIn(portal);
    const token = tokenOf(await credential());
    const files = readdirSync(computer.home, {
      recursive: true,
      withFileTypes: true,
    }).filter(entry => entry.isFile());
    const containing = (secret: string) =>
      files
        .map(entry => join(entry.parentPath, entry.name))
        .filter(path => readFileSync(path, 'utf8').includes(secret));
    expect(containing(privateKey)).toEqual([
      computer.deviceFile(portal.address),
    ]);
    expect(containing(token)).toEqual([tokenFile()]);
  });

  it('S55: works without a folder that it can write to', async () => {
    computer.signIn(portal);
    // A file where the folder of the cache would be: root can write to a folder that is read-only.
    writeFileSync(join(computer.home, '.cache'), '');
    const first = await credential();
    const second = await credential();
    expect([first, second]).toMatchObject([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
    expect(portal.mints()).toBe(2);
  });

  it('S55: works without HOME where XDG names the folders', async () => {
    computer.signIn(portal);
    const env = {
      HOME: undefined,
      XDG_STATE_HOME: join(computer.home, '.local', 'state'),
      XDG_CACHE_HOME: join(computer.home, '.cache'),
    };
    expect(await credential(env)).toMatchObject({ code: 0, stderr: '' });
    expect(await credential({ ...env, XDG_CACHE_HOME: '' })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('removes temporary files of processes that were killed between writing and renaming', async () => {
    computer.signIn(portal);
    await credential();
    const folder = computer.cacheFolder(portal.address);
    const left = join(folder, '.4711.1.tmp');
    writeFileSync(left, '{"token":', { mode: 0o600 });
    expect(await credential()).toMatchObject({ code: 0 });
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(left, longAgo, longAgo);
    rmSync(tokenFile());
    expect(await credential()).toMatchObject({ code: 0 });
    expect(readdirSync(folder)).toEqual([`${CLUSTER_ID}.json`]);
  });
});

describe('failures', () => {
  const errors: Array<[string, number, object, string]> = [
    [
      'an ended sign-in',
      403,
      { message: 'Your sign-in on laptop-x ended at 20:15', signIn: true },
      'Your sign-in on laptop-x ended at 20:15. Run: kubectl berth login\n',
    ],
    [
      'another cluster of the name',
      409,
      { message: 'prod01 is another cluster now', setUp: true },
      'prod01 is another cluster now. Run: kubectl berth setup\n',
    ],
    [
      'a cluster that is not shared',
      404,
      { message: 'prod01 is not shared with any of your groups now.' },
      'prod01 is not shared with any of your groups now.\n',
    ],
    [
      'a message with control characters',
      403,
      { message: 'no\u001b[2J\nentry' },
      'no [2J entry.\n',
    ],
    ['too many requests', 429, {}, 'gets too many requests now'],
    ['a portal that is down', 503, {}, 'is not available now (status 503)'],
  ];
  it.each(errors)(
    'S54: reports %s, and leaves stdout empty',
    async (_, status, error, text) => {
      computer.signIn(portal);
      portal.error = { status, error };
      const result = await credential();
      expect(result).toMatchObject({ code: 1, stdout: '' });
      expect(result.stderr).toContain(text);
      expect(result.stderr.split('\n')).toHaveLength(2);
    },
  );

  const answers: Array<[string, FakePortal['misbehaviour'], string]> = [
    [
      'a redirect',
      response =>
        response
          .writeHead(302, { location: 'https://evil.example/?secret=1' })
          .end(),
      'redirects to https://evil.example. Check',
    ],
    [
      'a web page',
      response =>
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<html></html>'),
      'did not answer with JSON (status 200, text/html)',
    ],
    [
      'compressed JSON',
      response =>
        response
          .writeHead(200, {
            'content-type': 'application/json',
            'content-encoding': 'gzip',
          })
          .end('x'),
      'did not answer with JSON',
    ],
    [
      'an endless answer',
      response => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(65536)));
        };
        response.on('drain', more);
        more();
      },
      'is larger than',
    ],
    [
      'a connection that breaks',
      response => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{');
        response.socket?.resetAndDestroy();
      },
      'Cannot reach 127.0.0.1',
    ],
    [
      'JSON without a token',
      response =>
        response
          .writeHead(201, { 'content-type': 'application/json' })
          .end('{}'),
      'answered without a token',
    ],
  ];
  it.each(answers)(
    'S54: reports %s, and leaves stdout empty',
    async (_, misbehaviour, text) => {
      computer.signIn(portal);
      portal.misbehaviour = misbehaviour;
      const result = await credential();
      expect(result).toMatchObject({ code: 1, stdout: '' });
      expect(result.stderr).toContain(text);
      expect(result.stderr).not.toContain('secret');
    },
  );

  it('S54: an answer that drips ends after 15 seconds', async () => {
    computer.signIn(portal);
    portal.misbehaviour = response => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 500);
      response.on('close', () => clearInterval(timer));
    };
    const result = await credential();
    expect(result).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('did not answer within 15 seconds'),
    });
  });

  it('S54: reports a proxy that nobody can reach, without its password', async () => {
    const address = 'https://portal.example.com';
    computer.signIn(portal, address);
    const ask = (proxy: string) =>
      computer.run(credentialArgs(ulid(), address), { HTTPS_PROXY: proxy });
    expect(await ask('http://ada:hunter2@127.0.0.1:1')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'Cannot reach portal.example.com through the proxy http://127.0.0.1:1: ECONNREFUSED\n',
    });
    expect(await ask('socks5://127.0.0.1:1')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('does not know SOCKS'),
    });
  });

  it('S54: reports a refusal once in five seconds for each kubectl, and asks the portal once', async () => {
    computer.signIn(portal);
    portal.error = { status: 404, error: { message: 'Not shared.' } };
    const start = performance.now();
    // Each shell stands for a kubectl that runs the plugin six times.
    const kubectl = () =>
      runShell(
        `for i in 1 2 3 4 5 6; do "$NODE" "$PROGRAM" "$@"; done; exit 0`,
      );
    const both = await Promise.all([kubectl(), kubectl()]);
    // A failure is forgotten after five seconds. On a busy machine, twelve processes can take longer.
    const most = 1 + Math.floor((performance.now() - start) / 5_000);
    for (const { stdout, stderr } of both) {
      expect(stdout).toBe('');
      expect(stderr).toMatch(new RegExp(`^(Not shared\\.\n){1,${most}}$`));
    }
    expect(portal.mints()).toBeGreaterThan(0);
    expect(portal.mints()).toBeLessThanOrEqual(most);
  });

  it('S54: refuses addresses that are not safe', async () => {
    for (const [address, text] of [
      ['http://portal.example.com', 'must begin with https://'],
      ['ftp://portal.example.com', 'must begin with https://'],
      ['https://a:b@portal.example.com', 'must not have a user name'],
      ['https://', 'is not the address of a portal'],
    ]) {
      const result = await computer.run(credentialArgs(CLUSTER_ID, address));
      expect(result).toMatchObject({ code: 1, stdout: '' });
      expect(result.stderr).toContain(text);
    }
  });

  it('S54: works from a folder that is gone', async () => {
    computer.signIn(portal);
    const result = await runShell(
      'mkdir gone; cd gone; rmdir ../gone; "$NODE" "$PROGRAM" "$@"',
    );
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(tokenOf(result)).toMatch(/^header\./);
  });
});

function runShell(script: string): Promise<Outcome> {
  return outcome(
    spawn('sh', ['-c', script, 'sh', ...credentialArgs()], {
      cwd: computer.home,
      env: {
        ...computer.env,
        NODE: process.execPath,
        PROGRAM: computer.program,
      },
    }),
  );
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
}
