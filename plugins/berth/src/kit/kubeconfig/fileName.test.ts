import { fileCommands, kubeconfigFileName } from './fileName';

it('names each download by its time, so that no browser has to rename it', () => {
  expect(kubeconfigFileName('berth', new Date(2026, 10, 9, 7, 5, 3))).toBe(
    'berth-2026-11-09-070503.kubeconfig',
  );
});

it('adds a file before the files that kubectl already uses', () => {
  expect(fileCommands('x.kubeconfig')).toEqual({
    shell:
      'export KUBECONFIG="$HOME/Downloads/x.kubeconfig:${KUBECONFIG:-$HOME/.kube/config}"',
    powerShell:
      '$env:KUBECONFIG = "$HOME\\Downloads\\x.kubeconfig;" + $(if ($env:KUBECONFIG) { $env:KUBECONFIG } else { "$HOME\\.kube\\config" })',
  });
});
