import { objectNameSchema as name } from '@berth/plugin-berth-common';
import { fields } from './networkPolicySchema';

/** The storage class of volumes that name none. */
export const storageClass = fields({
  replace: name,
  by: name.optional(),
}).refine(
  ({ replace, by }) => replace !== by,
  'must hold two different names in "replace" and "by"',
);
