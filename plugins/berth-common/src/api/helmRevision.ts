import * as z from 'zod';
import { HELM_LAST_REVISION } from './helm';

/** The number of a revision of a release. */
export const helmRevisionNumber = z
  .number()
  .int()
  .min(1, 'must be at least 1')
  .max(HELM_LAST_REVISION, `must be at most ${HELM_LAST_REVISION}`);
