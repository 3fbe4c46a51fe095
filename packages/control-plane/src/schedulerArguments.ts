import { join } from 'node:path';
import { ControllerManagerSettings } from './controllerManagerArguments';

/** @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/ */
export function schedulerArguments({
  directory,
  kubeconfig,
  port,
}: ControllerManagerSettings): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--port=0',
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${join(directory, 'scheduler')}`,
  ];
}
