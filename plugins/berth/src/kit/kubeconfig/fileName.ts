/**
 * Returns the name of a downloaded file. The name includes the time of the token, because a browser renames a
 * second file of the same name, and a command would then use the first one.
 *
 * @param name - such as `berth`
 * @param at - when the token was issued
 */
export function kubeconfigFileName(name: string, at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())];
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two);
  return `${name}-${day.join('-')}-${time.join('')}.kubeconfig`;
}

/** Returns commands that let kubectl use a downloaded file in addition to its current files. */
export function fileCommands(fileName: string): {
  shell: string;
  powerShell: string;
} {
  return {
    shell: `export KUBECONFIG="$HOME/Downloads/${fileName}:\${KUBECONFIG:-$HOME/.kube/config}"`,
    powerShell: `$env:KUBECONFIG = "$HOME\\Downloads\\${fileName};" + $(if ($env:KUBECONFIG) { $env:KUBECONFIG } else { "$HOME\\.kube\\config" })`,
  };
}
