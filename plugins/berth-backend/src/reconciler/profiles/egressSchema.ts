import { z } from 'zod';
import { exceptionProblem, isSameRange } from './cidrProblem';
import { METADATA_SERVICES } from './egressPolicy';
import { cidr, fields, oneOf } from './networkPolicySchema';

const allowed = cidr
  .refine(
    range => !METADATA_SERVICES.some(service => isSameRange(service, range)),
    'is the metadata service of a cloud, which gives the credentials of the node to everything that reaches it',
  )
  .transform(range => {
    const except = METADATA_SERVICES.filter(
      service => exceptionProblem(service, range) === undefined,
    );
    return { cidr: range, ...(except.length > 0 && { except }) };
  });

/** The destinations that pods may reach outside of their namespace. */
export const egressPreset = fields({
  dns: oneOf('auto', 'kube-dns', 'node-local', 'openshift').default('auto'),
  internet: z.boolean().default(false),
  allow: z.array(allowed).max(100, 'must hold at most 100 ranges').default([]),
});
