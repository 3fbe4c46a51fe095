import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { adminKubeconfig } from '@berth/cluster-sandbox';
import { currentHelm } from '@berth/kube-binaries';
import { AdminAccess } from './applyManifest';

const CHARTS = resolve(__dirname, '../../../../examples/charts');
const HELM_MS = 60_000;
const POLL_MS = 250;

const run = promisify(execFile);

type Helm = (args: string[], signal?: AbortSignal) => Promise<string>;

type NamedCluster = AdminAccess & { name: string };

/**
 * Installs the example charts with helm: releases that are deployed, failed and pending. Does nothing on a computer that
 * helm is not built for.
 */
export async function installReleases(clusters: NamedCluster[]): Promise<void> {
  const helm = await currentHelm();
  if (!helm) {
    return;
  }
  await Promise.all(
    clusters.map(async cluster => {
      const home = await mkdtemp(join(tmpdir(), 'example-releases-'));
      try {
        await installOn(cluster, await helmFor(helm, cluster, home));
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    }),
  );
}

async function installOn({ name }: NamedCluster, helm: Helm): Promise<void> {
  const set = (values: Record<string, string>) =>
    Object.entries(values).flatMap(([path, value]) => [
      '--set',
      `${path}=${value}`,
    ]);
  const apply = (
    release: string,
    namespace: string,
    chart: string,
    values: Record<string, string>,
  ) =>
    helm([
      ...['upgrade', '--install', release, join(CHARTS, chart)],
      ...['--namespace', namespace],
      ...set(values),
    ]);
  if (name === 'staging') {
    const login = { 'database.password': 'example-login-of-the-database' };
    await apply('checkout', 'team-a', 'web', login);
    await apply('checkout', 'team-a', 'web', {
      ...login,
      replicas: '3',
      'settings.LOG_LEVEL': 'debug',
    });
    await apply('checkout', 'team-a', 'web', {
      ...login,
      replicas: '3',
      'image.tag': '2.14.1',
      'settings.LOG_LEVEL': 'info',
    });
    await apply('sessions', 'team-a', 'cache', {
      'auth.password': 'example-password-of-the-cache',
    });
    await apply('orders', 'team-b', 'web', login);
    // The values of a ConfigMap must be texts, so the API server refuses a number.
    await apply('orders', 'team-b', 'web', {
      ...login,
      'settings.RETRIES': '5',
    }).catch(() => {});
  } else {
    await leavePending(helm, 'notebooks', 'engineering');
  }
}

/** Ends helm while it waits for a suspended migration, as a lost connection would. */
async function leavePending(
  helm: Helm,
  release: string,
  namespace: string,
): Promise<void> {
  const end = new AbortController();
  const installed = helm(
    [
      ...['install', release, join(CHARTS, 'web'), '--namespace', namespace],
      ...['--set', 'database.password=example-login-of-the-database'],
      ...['--set', 'migrations.enabled=true,migrations.suspend=true'],
    ],
    end.signal,
  ).catch(() => {});
  const isPending = async () =>
    (await helm(['list', '--pending', '-q', '-n', namespace])).includes(
      release,
    );
  while (!(await isPending())) {
    await delay(POLL_MS);
  }
  end.abort();
  await installed;
}

/** Returns a function that runs helm as an admin of a cluster, without the settings of the developer. */
async function helmFor(
  helm: string,
  cluster: NamedCluster,
  home: string,
): Promise<Helm> {
  const kubeconfig = join(home, 'kubeconfig');
  await writeFile(kubeconfig, adminKubeconfig([cluster]), { mode: 0o600 });
  return async (args, signal) => {
    const running = run(helm, args, {
      env: { HOME: home, KUBECONFIG: kubeconfig, HELM_NO_PLUGINS: '1' },
      timeout: HELM_MS,
      killSignal: 'SIGKILL',
    });
    signal?.addEventListener('abort', () => running.child.kill('SIGKILL'));
    const { stdout } = await running;
    return stdout;
  };
}
