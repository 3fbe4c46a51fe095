import type { KubectlCluster } from '@berth/plugin-berth-common';

/** How the kubeconfig runs this program. */
export interface Program {
  /** An absolute path: a program with windows has no PATH of a shell. */
  command: string;
  /** Arguments before those of kubectl-berth. */
  args: string[];
}

export interface ExecOptions {
  portal: string;
  /** The address of the portal that people open. */
  app: string;
  program: Program;
  env: Record<string, string>;
}

/**
 * Returns the `user` of a cluster: the command that gets the tokens.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export function execUser(
  { name, id }: KubectlCluster,
  { portal, app, program, env }: ExecOptions,
) {
  const variables = Object.entries(env).map(([key, value]) => ({
    name: key,
    value,
  }));
  return {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: program.command,
      args: [
        ...program.args,
        'credential',
        `--portal=${portal}`,
        `--cluster=${name}`,
        `--cluster-id=${id}`,
      ],
      ...(variables.length > 0 && { env: variables }),
      installHint: `kubectl-berth is missing. Install it: ${app}/berth/kubectl`,
      interactiveMode: 'Never',
      provideClusterInfo: false,
    },
  };
}

/** Returns the name of the cluster for which a user of a kubeconfig gets tokens from the portal. */
export function clusterOfUser(
  user: unknown,
  portal: string,
): string | undefined {
  const args = (user as { exec?: { args?: unknown } } | undefined)?.exec?.args;
  if (
    !Array.isArray(args) ||
    !args.includes('credential') ||
    !args.includes(`--portal=${portal}`)
  ) {
    return undefined;
  }
  return args
    .map(arg => /^--cluster=(.+)$/.exec(String(arg))?.[1])
    .find(name => name !== undefined);
}
