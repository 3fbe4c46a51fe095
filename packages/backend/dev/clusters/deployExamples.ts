import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AdminAccess, applyManifest } from './applyManifest';

const WORKLOADS = resolve(__dirname, '../../../../examples/workloads');

/** Deploys the workloads of the example groups on a cluster once their namespaces exist. */
export async function deployExamples(
  cluster: AdminAccess & { name: string },
): Promise<void> {
  const path = resolve(WORKLOADS, `${cluster.name}.yaml`);
  if (existsSync(path)) {
    await applyManifest(cluster, await readFile(path, 'utf8'));
  }
}
