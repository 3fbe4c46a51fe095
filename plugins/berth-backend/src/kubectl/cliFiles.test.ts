import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliFiles } from './cliFiles';

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

describe('the files of kubectl-berth', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'cli-files-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  const files = () =>
    new CliFiles({
      directory,
      nodeMirror: 'https://mirror.example.com/node',
      portal: 'https://portal.example.com',
    });

  async function write() {
    await writeFile(join(directory, 'kubectl-berth.mjs'), 'the program');
    await writeFile(
      join(directory, 'install.sh'),
      'PORTAL="@PORTAL@" SUM=@PROGRAM_SHA256@ mirror @NODE_MIRROR@/@NODE_VERSION@ @PORTAL@ $@ @OTHER@',
    );
    await writeFile(join(directory, 'install.ps1'), '$Portal = "@PORTAL@"');
  }

  it('fills the installers in for this portal, and sums all files', async () => {
    await write();
    const served = files();
    const text = async (name: Parameters<CliFiles['get']>[0]) =>
      (await served.get(name)).body.toString();
    const shell = await text('install.sh');
    expect(shell).toMatch(
      new RegExp(
        `^PORTAL="https://portal.example.com" SUM=${sha256(
          'the program',
        )} mirror https://mirror.example.com/node/v\\d+\\.\\d+\\.\\d+ https://portal.example.com \\$@ @OTHER@$`,
      ),
    );
    const powerShell = await text('install.ps1');
    expect(powerShell).toBe('$Portal = "https://portal.example.com"');
    expect(await text('SHA256SUMS')).toBe(
      [
        `${sha256('the program')}  kubectl-berth.mjs\n`,
        `${sha256(shell)}  install.sh\n`,
        `${sha256(powerShell)}  install.ps1\n`,
      ].join(''),
    );
    expect((await served.get('kubectl-berth.mjs')).type).toBe(
      'text/javascript; charset=utf-8',
    );
  });

  it('reports files that are missing, and finds them once they are there', async () => {
    const served = files();
    await expect(served.get('install.sh')).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('install.sh'),
    });
    await writeFile(join(directory, 'kubectl-berth.mjs'), 'the program');
    const program = await served.get('kubectl-berth.mjs');
    expect(program.body.toString()).toBe('the program');
    await expect(served.get('SHA256SUMS')).rejects.toThrow('install.sh');
    await write();
    expect((await served.get('install.sh')).body.length).toBeGreaterThan(0);
  });
});
