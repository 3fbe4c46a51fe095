import { toYaml } from '@berth/plugin-berth-common';

/** Returns a kubeconfig with the address of the relay. It holds no credential, and needs none. */
export function relayKubeconfig(url: string, namespace: string): string {
  return toYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'relay', cluster: { server: url } }],
    users: [{ name: 'nobody', user: {} }],
    contexts: [
      { name: 'run', context: { cluster: 'relay', user: 'nobody', namespace } },
    ],
    'current-context': 'run',
  });
}
