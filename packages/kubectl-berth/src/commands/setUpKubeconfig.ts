import { resolve } from 'node:path';
import { Device } from '../device/Device';
import { Clusters, fetchClusters } from '../device/fetchClusters';
import { printable } from '../http/connectionProblem';
import { Kubeconfig } from '../kubeconfig/Kubeconfig';
import {
  changeKubeconfig,
  kubeconfigFiles,
  readKubeconfig,
} from '../kubeconfig/kubeconfigFile';
import { Merged, mergeKubeconfig } from '../kubeconfig/merge';
import { thisProgram } from '../kubeconfig/thisProgram';
import { Values } from './types';

/** Adds the clusters of the person to the kubeconfig. */
export async function setUpKubeconfig(
  device: Device,
  file: Values[string],
): Promise<void> {
  await change(device, file, await fetchClusters(device));
}

/** Removes the clusters of a portal from the kubeconfig. */
export async function removeFromKubeconfig(
  portal: string,
  file: Values[string],
): Promise<void> {
  await change({ portal, app: portal }, file, { items: [] });
}

async function change(
  { portal, app }: Pick<Device, 'portal' | 'app'>,
  file: Values[string],
  { items, portalCaData }: Clusters,
): Promise<void> {
  const { path, others } = kubeconfigFiles(
    typeof file === 'string' ? file : undefined,
  );
  let merged: Merged | undefined;
  let current = '';
  const changed = await changeKubeconfig(path, text => {
    const config = Kubeconfig.parse(text, path);
    merged = mergeKubeconfig(config, {
      portal,
      app,
      clusters: items,
      program: thisProgram(),
      env: certificateVariables(portalCaData),
      others: others.flatMap(readOther),
    });
    current = config.currentContext;
    return text === '' && items.length === 0 ? text : `${config}`;
  });
  report(path, merged!, current, changed);
}

/** The CA of the portal as the portal names it, and the one that the person has for this program. */
function certificateVariables(
  portalCaData: string | undefined,
): Record<string, string> {
  const file = process.env.KUBECTL_BERTH_CA_FILE;
  return {
    ...(file && { KUBECTL_BERTH_CA_FILE: resolve(file) }),
    ...(portalCaData && { KUBECTL_BERTH_CA_DATA: portalCaData }),
  };
}

/** kubectl reports a file that it cannot read; this program needs only the names in it. */
function readOther(path: string): Kubeconfig[] {
  try {
    return [Kubeconfig.parse(readKubeconfig(path), path)];
  } catch {
    return [];
  }
}

function report(
  path: string,
  { contexts, removed }: Merged,
  current: string,
  changed: boolean,
): void {
  const lines = [
    `${path} ${changed ? 'is set up' : 'is up to date'}.`,
    ...removed.map(name => `  removed  ${name}`),
    ...contexts.map(
      name => `  ${name === current ? '* context' : '  context'}  ${name}`,
    ),
    ...advice(contexts, current, removed),
  ];
  process.stdout.write(`${lines.map(printable).join('\n')}\n`);
}

function advice(
  contexts: string[],
  current: string,
  removed: string[],
): string[] {
  const [first] = contexts;
  if (first === undefined) {
    return removed.length === 0 ? ['No cluster is shared with you yet.'] : [];
  }
  const option = contexts.includes(current) ? '' : `--context ${first} `;
  return [`Try: kubectl ${option}get pods`];
}
