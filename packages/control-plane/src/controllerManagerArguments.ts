import { join } from 'node:path';

export interface ControllerManagerSettings {
  directory: string;
  kubeconfig: string;
  port: number;
}

/** @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/ */
export function controllerManagerArguments({
  directory,
  kubeconfig,
  port,
}: ControllerManagerSettings): string[] {
  const file = (name: string) => join(directory, name);
  return [
    `--kubeconfig=${kubeconfig}`,
    `--service-account-private-key-file=${file('service-accounts.key')}`,
    `--root-ca-file=${file('ca.pem')}`,
    '--controllers=*',
    '--leader-elect=false',
    '--port=0',
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${file('controller-manager')}`,
    '--resource-quota-sync-period=5s',
    // Nodes of tests have no kubelet that reports. After 40 s, they would get a taint that keeps pods away.
    '--node-monitor-grace-period=24h',
  ];
}
