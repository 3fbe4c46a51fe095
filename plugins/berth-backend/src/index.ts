/**
 * Berth's backend: OIDC issuer, cluster registry and reconciler.
 *
 * @packageDocumentation
 */

export { berthPlugin as default } from './plugin';
