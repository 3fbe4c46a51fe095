import {
  Cluster,
  ClusterCause,
  ClusterCheck,
} from '@berth/plugin-berth-common';

const PASSED: [id: string, title: string, message: string][] = [
  ['dns', 'Host name', 'Resolves to 10.0.0.17'],
  ['tcp', 'Connection', 'Port 6443 answers in 4 ms'],
  ['tls', 'Certificate', 'Signed by the given CA, valid until Jan 1, 2027'],
  ['version', 'Kubernetes API', 'v1.33.1'],
  ['issuer', 'Issuer', 'The portal’s documents can be read at its own address'],
  ['token', 'Token', 'The API server accepts the portal’s token'],
  ['prefixes', 'Prefixes', 'User and group names are as configured'],
  ['clock', 'Clock', 'Less than 1 s apart'],
  ['rights', 'Rights', 'All that the portal needs, and not more'],
  ['roles', 'ClusterRoles and bindings', 'As in the manifest'],
  ['admissionPolicy', 'Admission policy', 'Present and enforced'],
  ['classes', 'Storage and runtime classes', 'Readable: 3 and 1'],
];

const FAILING: Partial<Record<ClusterCause, string>> = {
  DNS: 'dns',
  TCP: 'tcp',
  Timeout: 'tcp',
  TLS: 'tls',
  Protocol: 'version',
  Unauthorized: 'token',
  Forbidden: 'rights',
};

/** The doctor's checks of a cluster: one fails, and the checks that depend on it are skipped. */
export function checksOf({ status }: Cluster): ClusterCheck[] {
  const failing = PASSED.findIndex(
    ([id]) => status.cause && id === FAILING[status.cause],
  );
  return PASSED.map(([id, title, message], index) => {
    if (failing < 0 || index < failing) {
      return { id, title, status: 'Passed', message };
    }
    return index === failing
      ? {
          id,
          title,
          status: 'Failed',
          cause: status.cause,
          message: status.message ?? 'It does not work.',
          hint: 'Do what the steps above say, then look again.',
        }
      : {
          id,
          title,
          status: 'Skipped',
          message: `“${PASSED[failing][1]}” must pass first.`,
        };
  });
}
