import { join } from 'node:path';

/** The OIDC issuer that the API server trusts. */
export interface ControlPlaneOidc {
  issuerUrl: string;
  caPem: string;
  clientId: string;
  /** No prefix by default. */
  usernamePrefix?: string;
  groupsPrefix?: string;
  /** RS256 only by default. */
  signingAlgorithms?: string[];
}

export interface ApiServerSettings {
  directory: string;
  etcdUrl: string;
  port: number;
  oidc?: ControlPlaneOidc;
  /** Whether requests are written to `audit.log`, by the policy in `audit-policy.yaml`. */
  audit?: boolean;
}

/** @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ */
export function apiServerArguments({
  directory,
  etcdUrl,
  port,
  oidc,
  audit,
}: ApiServerSettings): string[] {
  const file = (name: string) => join(directory, name);
  return [
    `--etcd-servers=${etcdUrl}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--tls-cert-file=${file('server.pem')}`,
    `--tls-private-key-file=${file('server.key')}`,
    `--cert-dir=${file('api-server')}`,
    `--token-auth-file=${file('tokens.csv')}`,
    `--service-account-key-file=${file('service-accounts.pem')}`,
    `--service-account-signing-key-file=${file('service-accounts.key')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/24',
    ...(oidc ? oidcArguments(oidc, file('oidc-ca.pem')) : []),
    ...(audit
      ? [
          `--audit-policy-file=${file('audit-policy.yaml')}`,
          `--audit-log-path=${file('audit.log')}`,
        ]
      : []),
  ];
}

function oidcArguments(oidc: ControlPlaneOidc, caFile: string): string[] {
  return [
    `--oidc-issuer-url=${oidc.issuerUrl}`,
    `--oidc-ca-file=${caFile}`,
    `--oidc-client-id=${oidc.clientId}`,
    '--oidc-username-claim=sub',
    `--oidc-username-prefix=${oidc.usernamePrefix || '-'}`,
    '--oidc-groups-claim=groups',
    ...(oidc.groupsPrefix ? [`--oidc-groups-prefix=${oidc.groupsPrefix}`] : []),
    ...(oidc.signingAlgorithms
      ? [`--oidc-signing-algs=${oidc.signingAlgorithms.join()}`]
      : []),
  ];
}
