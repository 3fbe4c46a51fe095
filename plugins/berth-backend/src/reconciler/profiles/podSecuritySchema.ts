import { z } from 'zod';
import { fields, oneOf } from './networkPolicySchema';
import { LEVELS } from './podSecurity';

const level = oneOf(...LEVELS);

/** Levels of the Pod Security Standards for namespaces. */
export const podSecurity = fields({
  enforce: level.optional(),
  warn: level.optional(),
  audit: level.optional(),
  version: z
    .string()
    .regex(
      /^(latest|v1\.\d{1,3})$/,
      'must be "latest", or a version such as v1.36',
    )
    .default('latest'),
}).refine(
  ({ enforce, warn, audit }) => enforce ?? warn ?? audit,
  'must contain "enforce", "warn" or "audit"',
);
