import { parseArgs } from 'node:util';
import { SandboxOptions } from '../SandboxCluster';

export const USAGE = `Usage: cluster-sandbox --clusters NAME[,NAME…] [options]

Runs Kubernetes API servers in memory until it is interrupted.

  --clusters NAMES     one cluster for each name; lowercase letters, digits and dashes
  --port N             the port of the first cluster, the next ones follow; default: free ports
  --host ADDRESS       default 127.0.0.1
  --issuer URL         the OIDC issuer whose tokens are accepted; with --audience
  --audience ID        the audience that tokens must have
  --issuer-ca FILE     the PEM file with the authority of the issuer's certificate
  --authentication-config FILE
                       in place of the three options above, for one cluster: the AuthenticationConfiguration
                       that the portal's page Onboarding shows; it may be written, and changed, later
  --workload KIND      empty (default) or lively
  --gpus               lively clusters get a node with GPUs
  --kubeconfig FILE    writes the administrator's access to all clusters here (mode 0600)
`;

export interface Arguments {
  clusters: SandboxOptions[];
  issuerCaFile?: string;
  authenticationConfigFile?: string;
  kubeconfig?: string;
}

/**
 * Reads the command line.
 *
 * @throws Error naming the invalid argument
 */
export function readArguments(argv: string[]): Arguments {
  const { values } = parseArgs({
    args: argv,
    options: {
      clusters: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      issuer: { type: 'string' },
      audience: { type: 'string' },
      'issuer-ca': { type: 'string' },
      'authentication-config': { type: 'string' },
      workload: { type: 'string', default: 'empty' },
      gpus: { type: 'boolean', default: false },
      kubeconfig: { type: 'string' },
    },
  });
  const names = (values.clusters ?? '').split(',').filter(name => name !== '');
  if (names.length === 0) {
    throw new Error('--clusters names no cluster');
  }
  for (const name of names) {
    if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
      throw new Error(
        `--clusters: ${JSON.stringify(
          name,
        )} may hold only lowercase letters, digits and dashes`,
      );
    }
  }
  if (new Set(names).size < names.length) {
    throw new Error('--clusters names a cluster twice');
  }
  const port = values.port === undefined ? 0 : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port + names.length > 65536) {
    throw new Error(`--port: ${values.port} is not a port`);
  }
  if (values.workload !== 'empty' && values.workload !== 'lively') {
    throw new Error(
      `--workload: ${values.workload} is neither empty nor lively`,
    );
  }
  if ((values.issuer === undefined) !== (values.audience === undefined)) {
    throw new Error('--issuer and --audience belong together');
  }
  const authenticationConfigFile = values['authentication-config'];
  if (authenticationConfigFile && (names.length > 1 || values.issuer)) {
    throw new Error(
      '--authentication-config is for one cluster, and excludes --issuer',
    );
  }
  const { workload, gpus, host } = values;
  return {
    clusters: names.map((name, index) => ({
      name,
      port: port === 0 ? 0 : port + index,
      workload,
      gpus,
      ...(host && { host }),
      ...(values.issuer &&
        values.audience && {
          issuer: { url: values.issuer, audience: values.audience },
        }),
    })),
    ...(authenticationConfigFile && { authenticationConfigFile }),
    ...(values['issuer-ca'] && { issuerCaFile: values['issuer-ca'] }),
    ...(values.kubeconfig && { kubeconfig: values.kubeconfig }),
  };
}
