import { RequestSpec } from '@berth/plugin-berth-common';

/** Returns the subject of a request, for logs and errors. */
export function titleOf(spec: RequestSpec): string {
  const where = `${spec.namespace} on ${spec.cluster}`;
  switch (spec.kind) {
    case 'namespace':
      return `the namespace ${where}`;
    case 'quota':
      return `a new quota for ${where}`;
    default:
      return `the role ${spec.role} of ${spec.group} in ${where}`;
  }
}
