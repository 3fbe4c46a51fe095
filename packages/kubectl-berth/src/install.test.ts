import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Computer, outcome } from './__testUtils__/Computer';
import { FakePortal } from './__testUtils__/FakePortal';

jest.setTimeout(60_000);

const computer = new Computer();
let portal: FakePortal;
/** A folder with the commands that the installer needs, and no Node. */
let tools: string;

beforeAll(async () => {
  computer.build();
  portal = await FakePortal.start();
  tools = mkdtempSync(join(tmpdir(), 'tools-'));
  const commands =
    'cat chmod curl cut getconf gzip mkdir mktemp mv rm sed sha256sum sh tar uname';
  for (const name of commands.split(' ')) {
    const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`]);
    symlinkSync(`${stdout}`.trim(), join(tools, name));
  }
});

beforeEach(() => computer.reset());

afterAll(async () => {
  await portal.stop();
  computer.remove();
  rmSync(tools, { recursive: true, force: true });
});

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Fills in the installer as the portal does, and runs it. */
function install(path: string, values: Record<string, string> = {}) {
  const program = readFileSync(computer.program);
  portal.files['kubectl-berth.mjs'] = program;
  const filled = {
    PORTAL: portal.address,
    PROGRAM_SHA256: sha256(program),
    NODE_MIRROR: `${portal.address}/api/berth/kubectl/cli`,
    NODE_VERSION: '22.99.0',
    ...values,
  };
  const script = readFileSync(
    join(computer.program, '..', 'install.sh'),
    'utf8',
  ).replace(/@(\w+)@/g, (_, name: keyof typeof filled) => filled[name]);
  const child = spawn('sh', [], {
    env: { HOME: computer.home, PATH: path },
    cwd: computer.home,
  });
  child.stdin.end(script);
  return outcome(child);
}

function launcher(): string {
  return join(computer.home, '.local', 'bin', 'kubectl-berth');
}

it('installs a launcher with the Node of the PATH, which ignores NODE_OPTIONS', async () => {
  const node = join(process.execPath, '..');
  const { code, stdout, stderr } = await install(`${tools}:${node}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`Installed ${launcher()}\n`);
  expect(stdout).toContain(`Node.js  ${process.execPath}\n`);
  expect(stdout).toContain('.local/bin is not on the PATH');
  expect(stdout).toContain(`kubectl berth login ${portal.address}\n`);

  const version = await outcome(
    spawn(launcher(), ['version'], {
      env: { HOME: computer.home, NODE_OPTIONS: '--require=/missing.js' },
    }),
  );
  expect(version).toMatchObject({ code: 0, stderr: '' });
  expect(version.stdout).toMatch(/^kubectl-berth /);

  computer.signIn(portal);
  const args = ['setup', '--kubeconfig', join(computer.home, 'config')];
  portal.clusters = [
    {
      name: 'prod01',
      id: 'A',
      server: 'https://prod01.example.com',
      username: 'ada',
      namespaces: [],
    },
  ];
  await outcome(spawn(launcher(), args, { env: { HOME: computer.home } }));
  expect(readFileSync(join(computer.home, 'config'), 'utf8')).toContain(
    `command: ${launcher()}\n`,
  );
});

it('installs nothing where the program is another one than the portal names', async () => {
  const node = join(process.execPath, '..');
  const result = await install(`${tools}:${node}`, {
    PROGRAM_SHA256: 'a'.repeat(64),
  });
  expect(result.code).toBe(1);
  expect(result.stderr).toContain(
    'kubectl-berth.mjs does not have the expected SHA-256',
  );
  expect(existsSync(launcher())).toBe(false);
});

describe('without Node', () => {
  const machine = process.arch === 'arm64' ? 'arm64' : 'x64';
  const name = `node-v22.99.0-linux-${machine}`;

  /** Serves a Node that is a link to the one that runs this test, as a mirror does. */
  function mirror(sum?: string): void {
    const folder = mkdtempSync(join(tmpdir(), 'mirror-'));
    const bin = join(folder, name, 'bin');
    mkdirSync(bin, { recursive: true });
    const node = join(bin, 'node');
    writeFileSync(node, `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
    chmodSync(node, 0o755);
    const archive = join(folder, 'node.tar.gz');
    spawnSync('tar', ['-czf', archive, '-C', folder, name]);
    const content = readFileSync(archive);
    rmSync(folder, { recursive: true });
    portal.files[`v22.99.0/${name}.tar.gz`] = content;
    portal.files['v22.99.0/SHASUMS256.txt'] = `${'0'.repeat(
      64,
    )}  ${name}.tar.xz\n${sum ?? sha256(content)}  ${name}.tar.gz\n`;
  }

  it('fetches Node from the mirror', async () => {
    mirror();
    const { code, stdout, stderr } = await install(tools);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Fetching Node.js v22.99.0');
    expect(existsSync(launcher())).toBe(true);
  });

  it('refuses a Node with another checksum', async () => {
    mirror('b'.repeat(64));
    const { code, stderr } = await install(tools);
    expect(code).toBe(1);
    expect(stderr).toContain(`${name}.tar.gz does not have the expected`);
    expect(existsSync(launcher())).toBe(false);
  });
});

it('has no fault that shellcheck finds', () => {
  const found = spawnSync('shellcheck', [
    join(computer.program, '..', 'install.sh'),
  ]);
  // Not on every computer; CI installs it.
  expect(found.error ? '' : `${found.stdout}`).toBe('');
});
