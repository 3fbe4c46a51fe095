/**
 * What people ask for, who decides it, and what becomes of it.
 *
 * @packageDocumentation
 */

export { createRequests } from './createRequests';
export type { CreateRequestsOptions } from './createRequests';
