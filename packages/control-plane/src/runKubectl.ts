import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface KubectlResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface KubectlOptions {
  /** The content of a kubeconfig. */
  kubeconfig: string;
  /** The standard input of kubectl. */
  input?: string;
}

const DEADLINE_MS = 60_000;

/**
 * Runs kubectl, or the program that the variable `KUBECTL` names, with its own home folder, so that no cached
 * discovery leaks from one call into another.
 */
export async function runKubectl(
  args: string[],
  { kubeconfig, input = '' }: KubectlOptions,
): Promise<KubectlResult> {
  const home = await mkdtemp(join(tmpdir(), 'kubectl-'));
  try {
    const path = join(home, 'kubeconfig');
    await writeFile(path, kubeconfig, { mode: 0o600 });
    return await run(args, input, {
      ...process.env,
      HOME: home,
      KUBECONFIG: path,
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function run(
  args: string[],
  input: string,
  env: NodeJS.ProcessEnv,
): Promise<KubectlResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.KUBECTL ?? 'kubectl', args, {
      env,
      timeout: DEADLINE_MS,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', data => {
      stdout += data;
    });
    child.stderr.on('data', data => {
      stderr += data;
    });
    child.on('error', reject);
    child.on('close', code => resolve({ code: code ?? -1, stdout, stderr }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
