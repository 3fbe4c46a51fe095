import { qualifiedNameSchema as annotationName } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { MAX_ID } from './identity';
import { fields } from './networkPolicySchema';

const DEFAULT_MINIMUM = 1000;
const MINIMUM = `must be a whole number from 1 to ${MAX_ID}`;

/** The annotations of the catalog with the IDs of processes. */
export const identity = fields({
  uid: annotationName.optional(),
  gid: annotationName,
  groups: annotationName.optional(),
  minimum: z
    .number({ error: MINIMUM })
    .int(MINIMUM)
    .min(1, MINIMUM)
    .max(MAX_ID, MINIMUM)
    .default(DEFAULT_MINIMUM),
}).refine(
  ({ uid, gid, groups }) =>
    new Set([uid, gid, groups]).size === 3 ||
    (uid === undefined && groups === undefined),
  'must name different annotations in "uid", "gid" and "groups"',
);
