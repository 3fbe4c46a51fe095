/**
 * Passes requests of people on to the API servers of clusters: for pages of the portal, and for kubectl where it cannot
 * reach a cluster. docs/decisions/0045 says why it is not a proxy library.
 *
 * @packageDocumentation
 */

export { createProxy, isProxyEnabled } from './createProxy';
