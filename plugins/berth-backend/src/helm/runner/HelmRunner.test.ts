import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { until } from '../../resources/objects/__testUtils__/TeamCluster';
import { Programs } from './__testUtils__/programs';
import { HelmRunner, HelmRunnerOptions } from './HelmRunner';
import { HelmLine, HelmRun } from './types';

const PRINT = 'env; echo "arguments: $*"; echo "values: $(cat)"; ls';

describe('HelmRunner', () => {
  const runners: HelmRunner[] = [];
  let programs: Programs;

  beforeAll(async () => {
    programs = await Programs.create();
  });

  afterAll(async () => {
    await Promise.all(runners.map(runner => runner.close()));
    await programs.remove();
  });

  async function runnerWith(
    script: string,
    options: Partial<HelmRunnerOptions> = {},
  ) {
    const runner = await HelmRunner.create({
      binary: await programs.helm('helm', 'v4.2.3', script),
      concurrency: 1,
      deny: [],
      gateway: {
        open: async () => {
          throw new Error('No call is expected');
        },
      },
      sandbox: 'required',
      ...options,
    });
    runners.push(runner);
    return runner;
  }

  const aRun = (more: Partial<HelmRun> = {}): HelmRun => ({
    mode: 'apply',
    cluster: { name: 'prod', apiServer: 'https://prod', caPem: '' },
    person: 'user:default/ann',
    token: async () => ({
      token: 'planted',
      expiresAt: new Date(Date.now() + 60_000),
    }),
    command: { kind: 'upgrade', namespace: 'shop', release: 'web' },
    chart: Buffer.from('chart'),
    values: 'size: large',
    timeoutMs: 30_000,
    signal: new AbortController().signal,
    ...more,
  });

  it('H10 gives helm nothing of the environment of the portal', async () => {
    process.env.HELM_PLUGINS = '/planted';
    process.env.HELM_KUBETOKEN = 'planted';
    const runner = await runnerWith(PRINT);
    const { ended, stdout } = await runner.run(aRun());
    delete process.env.HELM_PLUGINS;
    delete process.env.HELM_KUBETOKEN;
    expect(ended).toBe('exited');
    expect(stdout).not.toContain('planted');
    const names = [...stdout.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(
      names.filter(name => !['PWD', '_', 'OLDPWD'].includes(name)).sort(),
    ).toEqual([
      'GOMEMLIMIT',
      'HELM_CACHE_HOME',
      'HELM_CONFIG_HOME',
      'HELM_DATA_HOME',
      'HELM_DRIVER',
      'HELM_NO_PLUGINS',
      'HOME',
      'HTTPS_PROXY',
      'HTTP_PROXY',
      'KUBECONFIG',
      'NO_COLOR',
      'TMPDIR',
    ]);
    expect(stdout).toContain('values: size: large\nchart.tgz\nkubeconfig\n');
    expect(stdout).toMatch(
      /^arguments: upgrade --namespace=shop .* -- web \.\/chart\.tgz$/m,
    );
  });

  it('removes the folder of the run', async () => {
    const runner = await runnerWith('echo "$HOME"');
    const { stdout } = await runner.run(aRun());
    expect(stdout.trim()).toMatch(/berth-helm-/);
    expect(await readdir(tmpdir())).not.toContain(
      stdout.trim().split('/').pop(),
    );
  });

  it('H9 keeps a part of too much output', async () => {
    const runner = await runnerWith(
      'head -c 100000 /dev/zero; echo a problem >&2',
      {
        limits: { stdoutBytes: 1000 },
      },
    );
    const lines: HelmLine[] = [];
    const result = await runner.run(aRun({ onLine: line => lines.push(line) }));
    expect(result.stdout).toHaveLength(1000);
    expect(result.truncated).toBe(true);
    expect(lines).toEqual([
      { level: 'info', source: 'helm', text: 'a problem' },
    ]);
  });

  it('H9 bounds files, and ends a helm that does not end itself', async () => {
    const files = await runnerWith(
      'head -c 100000 /dev/zero > big; ls -s big',
      {
        limits: { fileBytes: 10_000 },
      },
    );
    const { stdout } = await files.run(aRun());
    expect(stdout).toMatch(/^(8|12) big/);
    const stubborn = await runnerWith("trap '' TERM; while :; do :; done", {
      limits: { termMs: 50 },
    });
    expect(await stubborn.run(aRun({ timeoutMs: 200 }))).toMatchObject({
      ended: 'deadline',
    });
  });

  it('ends what waits and what runs when it closes', async () => {
    const runner = await runnerWith('echo ready >&2; exec sleep 60');
    const lines: HelmLine[] = [];
    const running = runner.run(aRun({ onLine: line => lines.push(line) }));
    const waiting = runner.run(aRun());
    await until(async () => lines.length > 0);
    await runner.close();
    expect(await running).toMatchObject({ ended: 'cancelled' });
    expect(await waiting).toMatchObject({ ended: 'cancelled', stderr: '' });
  });

  it('cancels a run that waits for its turn', async () => {
    const runner = await runnerWith('echo ready >&2; exec sleep 60');
    const first = new AbortController();
    const second = new AbortController();
    const running = runner.run(aRun({ signal: first.signal }));
    const waiting = runner.run(aRun({ signal: second.signal }));
    second.abort();
    expect(await waiting).toMatchObject({ ended: 'cancelled' });
    first.abort();
    expect(await running).toMatchObject({ ended: 'cancelled' });
  });

  it('starts no helm for a person without a token', async () => {
    const runner = await runnerWith('echo started');
    const token = async () => {
      throw new Error('no grant');
    };
    expect(await runner.run(aRun({ token }))).toMatchObject({
      ended: 'lost-right',
      stdout: '',
    });
  });

  it('ends when the person loses the right, also while helm only waits', async () => {
    const runner = await runnerWith('exec sleep 60');
    let minted = 0;
    const token = async () => {
      if (++minted > 1) {
        throw new Error('no grant');
      }
      return { token: 'planted', expiresAt: new Date(Date.now() + 500) };
    };
    expect(await runner.run(aRun({ token }))).toMatchObject({
      ended: 'lost-right',
    });
    expect(minted).toBe(2);
  });

  it('refuses an upgrade without a chart', async () => {
    const runner = await runnerWith('');
    await expect(runner.run(aRun({ chart: undefined }))).rejects.toThrow(
      'chart',
    );
  });
});
