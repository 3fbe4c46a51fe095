export interface EtcdSettings {
  directory: string;
  clientUrl: string;
  peerUrl: string;
}

/** @see https://etcd.io/docs/v3.4/op-guide/configuration/ */
export function etcdArguments({
  directory,
  clientUrl,
  peerUrl,
}: EtcdSettings): string[] {
  return [
    `--data-dir=${directory}`,
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
    '--unsafe-no-fsync',
  ];
}
